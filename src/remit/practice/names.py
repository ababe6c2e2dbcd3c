"""Names that others get in practice, names that are usual, and names that are words as well."""

from __future__ import annotations

from typing import Final

GIVEN: Final = tuple(
    """
Aldis Alexis Amory Ariel Ashby Aubrey Auden Averill Bellamy Bevan Blair Bryn Briar Calder Carey Cassidy
Corin Dallas Darcy Delaney Devon Ellery Ellis Emerson Emery Evander Fallon Farrell Fenn Finley Frankie
Galen Garnet Gentry Greer Hadley Halsey Harlow Haven Hollis Indigo Ira Jarrah Jules Kai Keaton Kendall
Kerry Kestrel Lake Larkin Laurel Lennon Linden Lowen Mallory Marlow Merrit Monroe Nevada Oakley Orion
Palmer Perrin Peyton Quinlan Ramsey Reese Remy Ridley Riley River Rory Rowan Sage Sasha Shiloh Sloan
Sutton Tamsin Tatum Teal Tierney Tobin Umber Wilder Winslow Wren Yael Zephyr
""".split()  # noqa: SIM905 (a list of so many words is read more easily so)
)
FAMILY: Final = tuple(
    """
Ackroyd Aldham Allingham Applegarth Ashworth Barraclough Beckwith Birkby Blackmore Bracewell Bramhall
Broadbent Calvert Carrick Chadwick Clegg Colbeck Copley Coverdale Crabtree Cranston Danby Denholm Dewhurst
Dunmore Eastcott Eccles Entwistle Fairlie Farrar Fawcett Fothergill Garside Gaunt Gledhill Greenhalgh
Haldane Hargreave Haworth Heald Hebden Holbeck Holroyd Illingworth Ingleby Jagger Kearsley Kershaw
Kirkbride Langford Langstroth Lascelles Leathley Lockwood Lonsdale Lumley Marsden Midgley Mowbray
Murgatroyd Naylor Netherby Nuttall Oldroyd Ormerod Osgood Oversby Pemberton Pickersgill Postlethwaite
Priestley Quarmby Radcliffe Ramsbottom Ravensby Rishworth Rowntree Saltmarsh Scargill Selwyn Shackleton
Skelton Stanhope Stansfield Sugden Sutcliffe Tarrant Tattersall Tempest Thackeray Thornhill Threlfall
Tolson Underby Uttley Varley Wadsworth Walmsley Wetherby Whitby Whitworth Wigglesworth Yardley Yewdale
Zouche
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
long love mark may might miller moss noble page park pat pearl penny price read rich rose sad sharp
short small so song star stone story sue swan sweet will wood young
""".split()  # noqa: SIM905
)
"""Names that are words as well: in small letters they are words."""

PARTICLES: Final = frozenset(
    """
af al av ben bin da das de do dos du e el del della den der des di ibn la las le los ter ten und van von
y zu zum zur
""".split()  # noqa: SIM905
)
"""What stands within many names, and alone is a word."""

NO_NAMES: Final = frozenset(
    """
anonym anonymous client customer doctor dr familie family famille former frau gast guest herr herrn kunde
kundin lady madame member miss monsieur mr mrs ms mx prof senor senora sir somebody team unbekannt unknown
""".split()  # noqa: SIM905
)
"""What is written where a name should stand, and in front of names."""
