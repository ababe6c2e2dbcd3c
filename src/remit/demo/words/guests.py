"""Who complains: names of many languages. Addresses end in `.example`, where no mail arrives."""
# ruff: noqa: E501 (names in a row)

from __future__ import annotations

from typing import Final

GIVEN: Final = (
    "Amira", "Anaïs", "Anna", "Aarav", "Beatriz", "Bo-ra", "Brigitte", "Carlos", "Chidi", "Chiara", "Dagmar", "Daniela",
    "David", "Dilara", "Ebba", "Efua", "Elif", "Esteban", "Eszter", "Fatima", "Filip", "Gabriel", "Giulia", "Hana",
    "Haruka", "Heinrich", "Ines", "Ibrahim", "Isla", "Jakub", "Jan", "Joana", "João", "Kateryna", "Khadija", "Kofi",
    "Lars", "Leila", "Linh", "Liam", "Maeve", "Magda", "Mahmoud", "Marek", "Mehmet", "Mei", "Mira", "Nadia", "Niamh",
    "Nikos", "Noah", "Olena", "Omar", "Petra", "Piotr", "Rahel", "Ravi", "Rosa", "Ruth", "Salma", "Sanne", "Selin",
    "Siobhán", "Søren", "Sofia", "Stefan", "Tamar", "Tariq", "Teresa", "Thandiwe", "Tuomas", "Uma", "Valentina", "Viktor",
    "Wanjiru", "Wei", "Xochitl", "Yara", "Yusuf", "Zofia",
)  # fmt: skip

FAMILY: Final = (
    "Abe", "Achterberg", "Adeyemi", "Almeida", "Andersson", "Aydın", "Bauer", "Benali", "Bergström", "Bianchi", "Bondarenko",
    "Brandt", "Byrne", "Castillo", "Chen", "Costa", "Dąbrowski", "Delgado", "Demir", "Dubois", "Eriksen", "Farouk", "Fischer",
    "Fontaine", "García", "Gruber", "Hakimi", "Hansen", "Hassan", "Horváth", "Huber", "Ito", "Ivanova", "Jansen", "Kamau",
    "Kaya", "Kim", "Kovács", "Kowalska", "Krüger", "Lefèvre", "Lehtinen", "Li", "Lindgren", "López", "Mancini", "Mensah",
    "Meyer", "Moreau", "Müller", "Murphy", "Nagy", "Nguyen", "Nowak", "O'Brien", "Öztürk", "Okonkwo", "Papadopoulos",
    "Pereira", "Petrov", "Popescu", "Rahman", "Rossi", "Sahin", "Santos", "Sato", "Schneider", "Sharma", "Silva", "Singh",
    "Sørensen", "Tanaka", "Tesfaye", "Tran", "van Dijk", "Virtanen", "Wagner", "Wójcik", "Yılmaz", "Zhang",
)  # fmt: skip

LANGUAGES: Final = ("en", "en", "en", "en", "de", "de", "es", "fr", "it", "pl", "tr", "pt")

STAFF_GIVEN: Final = (
    "Nora", "Elias", "Ida", "Mateo", "Zeynep", "Oskar", "Lea", "Amadou", "Greta", "Nikolai", "Hanna", "Rafael", "Yuki",
    "Clara", "Ismail", "Paula", "Jonah", "Mila", "Anton", "Rania", "Vera", "Hugo", "Aylin", "Lotte", "Samir", "Elena",
    "Finn", "Dilan", "Marta", "Tim", "Olivia", "Karim", "Freya", "Levi", "Alba", "Murat", "Signe", "Bruno", "Thea",
    "Pavel", "Lucía", "Aaron", "Maja", "Idris", "Carla",
)  # fmt: skip

STAFF_FAMILY: Final = (
    "Arnold", "Barros", "Çelik", "Diallo", "Engel", "Ferrari", "Graf", "Holm", "Ilves", "Jung", "Keita", "Lorenz", "Marin",
    "Novák", "Olsen", "Pohl", "Quist", "Reuter", "Sol", "Tóth", "Ulrich", "Vogel", "Winter", "Yilmaz", "Zeman",
)  # fmt: skip
