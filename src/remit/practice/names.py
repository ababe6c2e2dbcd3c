"""Names that others get in practice, names that are usual, and names that are words as well."""

from __future__ import annotations

from typing import Final

GIVEN: Final = tuple(
    """
Alexis Ariel Ashby Bellamy Blair Briar Cassidy Corin Darcy Devon Ellery Emerson Fallon Fenn Finley Frankie
Greer Hadley Halsey Harlow Indigo Jules Kendall Lennon Lowen Marlow Merrit Oakley Perrin Quinlan Reese
Remy Rowan Sage Shiloh Sutton Tatum Tierney Winslow Wren
""".split()  # noqa: SIM905 (a list of so many words is read more easily so)
)
FAMILY: Final = tuple(
    """
Ackroyd Aldham Birkby Bramhall Calvert Coverdale Dunmore Eastcott Fairlie Garside Haldane Holbeck Ingleby
Kirkbride Langford Lockwood Marsden Netherby Oldroyd Pemberton Quarmby Radcliffe Ravensby Selwyn Stanhope
Tarrant Thornhill Underby Vesper Wetherby Whitby Yardley
""".split()  # noqa: SIM905
)
"""Names that are rare, so that nobody is taken for somebody."""

PLACES: Final = ("Thornfield", "Marlfield", "Ashcombe", "Oakhollow", "Fernhill", "Westmere")
"""Names that the house gets."""

USUAL: Final = frozenset(
    """
aaron abdul adam adele adrian agnes ahmed aisha alan albert alejandro alessandro alex alexander alexandra
alfred alice alina amanda amelia amir amy ana andrea andreas andrew angela anita anja anke ann anna anne
annette antonio arthur astrid barbara beatrice ben benjamin bernard bernd bianca bob brigitte camille
carla carlos carmen caroline catherine charles charlotte chiara chloe chris christian christina christine
christopher claire clara claudia colin cristina daniel daniela david deborah denis diana diego dieter dirk
dominik doris dorothy edward elena elias elisabeth elizabeth ella ellen emily emma eric erik erika esther
eva fatima felix fernando fiona florian frances francesca francisco frank franziska frederick gabriel
gabriele georg george gerhard giovanni gisela giulia greta guido gustav hanna hannah hans harald harold
harry hassan heike heinz helen helena helga henrik henry hugo ian ibrahim ines inge ingrid irene iris
isabel isabella ivan jacob james jamila jan jane janet jasmin javier jean jennifer jens jessica joachim
joan johann johanna john jonas jonathan jorge jose josef joseph juan judith julia julian juliette jurgen
jurgen karen karin karl kate katharina katherine kathrin katja kevin khalid klaus kristin lara laura lena
leo leon leonie lina linda lisa lorenzo louis louise luca lucas lucia lucy luis luisa lukas magdalena
malik manfred manuel marc marco marcus margaret maria mariam marie marina mario marion markus marta martha
martin martina mary matteo matthew matthias max maya michael michaela michelle miguel miriam mohammed
monica monika moritz muhammad nadia nadine nancy natalie nicholas nicola nicole nina noah norbert olaf
oliver olivia omar oscar otto pablo pamela patricia patrick paul paula pedro peter petra philip philipp
pierre rachel rainer ralf raphael rebecca regina renate richard rita robert roberto roland rolf rosa ruth
sabine salma samira samuel sandra sara sarah sebastian sergio silke silvia simon simone sofia sonja sophia
sophie stefan stefanie stephan stephanie stephen steven susan susanne sven svenja sylvia tanja teresa theo
theresa thomas thorsten tim tobias tom torsten udo ulrich ulrike uwe valentina valerie vanessa vera verena
veronika victor victoria viktoria vincent volker walter werner wilhelm william wolfgang yasmin yusuf
yvonne zoe
""".split()  # noqa: SIM905
)
"""Given names of whoever is named and nobody here knows, in small letters."""

ALSO_WORDS: Final = frozenset(
    """
an art bell best bill black brown cook day field frank gold grace green hall he hill hope in king lamb
long love mark may might mike miller moss noble page park pat pearl penny price read rich rose sad sharp
short small so song star stone story sue swan sweet will wood young
""".split()  # noqa: SIM905
)
"""Names that are words as well: in small letters they are words."""
