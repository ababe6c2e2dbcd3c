"""What people are called for short, by their given names: English, German, Spanish and French ones."""

from __future__ import annotations

from typing import Final

_ROWS: Final = """
abigail: abby abbie gail
alejandro: ale alex jandro
alexander alexandra alexandre: alex al alec lex sandy sasha xander sascha sandra
alfred: alf alfie fred freddy
amanda: mandy
andrew andreas andre andrea: andy drew andi dre andie
angela angelika: angie angi geli
anne anna ana anneliese annette: annie anni nan nancy anita anni liesl anneli
anthony antonio anton antonia: tony toni toño
arthur arturo: artie art turo
barbara: babs barb barbie babsi bärbel
benjamin: ben benny benji benni
bernard bernhard: bernie berni
catherine katharina katherine kathrin catalina kathleen caterina: kate katie kathy cathy kat katy kit kitty
  kathi käthe cat trina kay lina cata
charles carlos charlotte carl: charlie chuck chas carlitos lottie lotte charly
christopher christian christina christine christiane: chris kit kris christie tina chrissy chrissie christl
  topher
daniel daniela danielle: dan danny dani
david: dave davy davie
deborah: deb debbie debby
dolores: lola loli
dorothy dorothea: dot dottie dolly dora doro
edward eduardo edmund edwin: ed eddie ned ted teddy edu lalo
eleanor eleonora: ellie nell nellie nora
elizabeth elisabeth isabel isabella: liz lizzie lizzy beth betty betsy bess eliza ella lisa elsa elsie libby
  lisbeth lilli sisi bella izzy isa bel
emily emma emilia: em emmy millie
enrique henry heinrich henri: harry hank heinz heiner quique hal
ernest ernesto ernst: ernie neto
eugene eugenia: gene genie
florence florian: flo florrie flori
frances francis francisco franziska francesca franz: fran frankie frank paco pancho kiko franzi cisco fanny
  curro sissi
frederick friedrich federico frederik: fred freddie freddy fritz fede rick
gabriel gabriela gabriele gabrielle: gabe gabi gabby gabriel gaby
george georg jorge georgina: georgie schorsch coco gina
gerald gerard gerhard geraldine: gerry jerry gerd
gertrude: trude trudi gerti
gregory: greg gregg
guadalupe: lupe lupita
guillermo wilhelm william guillaume: will bill billy willy willi willie liam memo guille
harold harald: harry hal
helen helena helene: nell nellie leni lena
ignacio: nacho
jacob jakob james jacques jaime: jake jim jimmy jamie jem jacky
jacqueline: jackie
janet jane johanna jeanne: jan jenny hanna hanni janie
jennifer: jen jenny jenni jenna
jeremy jeremiah: jerry jem
jessica: jess jessie
john johann johannes jonathan juan jean: jack johnny jon hans hannes hansi juanito
joseph josef jose giuseppe josephine josefa: joe joey sepp pepe beppe jo josie pepi pepa
judith: judy judi
julia julian juliane julio julie: jules juli jule
kenneth: ken kenny
kimberly: kim
lawrence laurence lorenz lorenzo: larry laurie lenz
leonard leonhard leonardo leopold: leo len lenny leon poldi
louis louise luis ludwig luise: lou louie lulu lucho wiggerl
lucy lucia lucas lukas: lu lucie luke luki
magdalena magdalene: maggie leni lena magda
manuel manuela emanuel: manny manu manolo mani
margaret margarete margarita margarethe marguerite: maggie meg peggy greta gretchen daisy madge rita marge
  margot margo gretel grete gitta
maria mary marie mariam: molly polly mimi mitzi mia maja mari marie maru
martha marta: marty patty
martin martina: marty tina
matthew matthias mateo: matt matty mats hias mattes
maximilian maximiliane maxine: max maxi
mercedes: merche meche
michael michaela miguel michel michelle: mike mick mickey micky michi misha shelly mico
monica monika monique: moni mona nika
natalie natalia: nat nattie tasha
nathaniel nathan: nat nate
nicholas nikolaus nicole nicola nicolas: nick nicky niki klaus nico nikki nik colin
oliver olivia: ollie olly liv livia
pamela: pam
patricia patrick patricio: pat patty trish tricia paddy pato
peter petra pedro pierre petronella: pete peet petey petri nella perico
philip philipp felipe philippa: phil pip pippa flip
rachel: rach
raymond raimund ramon: ray moncho
rebecca: becky becca bec
richard ricardo: rick dick richie ricky rich
robert roberto rupert roberta: bob bobby rob robbie bert bertie robin tito
roland ronald: ron ronnie roli
rosa rosalind rosemary rosemarie: rosie rose rosi romy
rudolf rodolfo: rudi rudy rolf
samuel samantha: sam sammy
sebastian: seb basti bastian wastl
sigrid siegfried sigmund: siggi sigi
sophie sophia sofia: soph sophy fifi sofi
stephen stefan stephan steven stephanie stefanie esteban: steve stevie steph stef steffi steffen
susan susanne susanna: sue susie suzy sanne susi
terence theresa teresa therese: terry tess tessa resi tere terri
theodore theodor dorothea: ted teddy theo
thomas tomas: tom tommy tomi
timothy: tim timmy
ulrich ulrike: uli ulli ricky rike
valentin valentina valerie: val vale
veronica veronika: vera vroni ronnie nika
victor victoria viktoria viktor: vic vicky vicki tori vik
vincent vincenz vicente: vince vinny chente vin
walter: walt wally walti
zachary: zac zack zach
"""


def _read() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for row in _ROWS.replace("\n  ", " ").strip().splitlines():
        names, _, short = row.partition(": ")
        for name in names.split():
            found.setdefault(name, set()).update(short.split())
    return {name: frozenset(short) for name, short in found.items()}


SHORT: Final = _read()
"""Short forms by given name, all in small letters."""

ALSO_SHORT_WORDS: Final = frozenset(
    """
al ale art bell bill bob cat coco curro daisy dot drew em flip gabby gene hank jack jean jem jo kit
larry len mari mark mats max may memo mick nacho nan ned neto nick pat patty peg pete pip ray rich rob
robin rose sal sandy sue tim val vale wally will
""".split()  # noqa: SIM905 (a list of so many words is read more easily so)
)
"""Of them those that are words as well: in small letters they are words."""
