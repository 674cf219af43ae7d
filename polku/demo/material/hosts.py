"""Hosts, worksites and what may be done there. All names of worksites and firms are invented."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Spot:
    """A part of a municipality where worksites lie: about its middle, in degrees."""

    town: str
    village: str
    postal: str
    lat: float
    lon: float


SPOTS = (
    Spot("316", "Järvelä", "16600", 60.8667, 25.2833),
    Spot("316", "Järvelä", "16600", 60.8640, 25.2700),
    Spot("316", "Kärkölä", "16610", 60.9167, 25.2500),
    Spot("398", "Lahti", "15110", 60.9790, 25.6600),
    Spot("398", "Lahti", "15140", 60.9880, 25.6850),
    Spot("398", "Lahti", "15500", 60.9600, 25.6700),
    Spot("398", "Nastola", "15560", 60.9480, 25.9288),
    Spot("098", "Hollola", "15870", 60.9990, 25.5100),
    Spot("098", "Hollola", "15870", 60.9930, 25.4900),
    Spot("098", "Hämeenkoski", "16800", 61.0180, 25.1500),
    Spot("016", "Vääksy", "17200", 61.1720, 25.5600),
    Spot("016", "Asikkala", "17130", 61.2140, 25.4920),
    Spot("560", "Orimattila", "16300", 60.8049, 25.7296),
    Spot("560", "Orimattila", "16300", 60.8100, 25.7400),
    Spot("560", "Artjärvi", "16200", 60.7454, 26.0650),
    Spot("111", "Heinola", "18100", 61.2030, 26.0250),
    Spot("111", "Heinola", "18200", 61.2100, 26.0200),
    Spot("111", "Vierumäki", "19110", 61.1180, 25.9350),
    Spot("790", "Vammala", "38200", 61.3430, 22.9100),
    Spot("790", "Äetsä", "37830", 61.2949, 22.7100),
    Spot("790", "Mouhijärvi", "38460", 61.5000, 23.0167),
    Spot("619", "Punkalaidun", "31900", 61.1120, 23.1000),
    Spot("619", "Punkalaidun", "31900", 61.1150, 23.1080),
)

# Invented names, with the genitive that stands before a noun.
FIRST = ("Vuokko", "Pihlaja", "Niitty", "Kuusi", "Suvi", "Koivu", "Tervas", "Sini", "Hirvi", "Kivi",
         "Aamu", "Lehmus", "Kanerva", "Tuomi", "Haapa", "Peura", "Raita", "Lumme", "Kataja",
         "Sara")  # fmt: skip
LAST = (("harju", "harjun"), ("mäki", "mäen"), ("pelto", "pellon"), ("ranta", "rannan"),
        ("kulma", "kulman"), ("niitty", "niityn"), ("puisto", "puiston"), ("rinne", "rinteen"),
        ("notko", "notkon"))  # fmt: skip
STREETS = ("Kaislatie", "Vanamokuja", "Käpytie", "Pajulantie", "Mansikkakuja", "Ruispolku",
           "Sorvarinkatu", "Kuovintie", "Seppälänkuja", "Rukkikuja", "Mutkatie",
           "Aitankuja")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Task:
    """What may be done: a template of an opening."""

    title: str
    code: str
    tasks: str
    hours: tuple[float, float] = (4, 6)
    days: int = 4
    demands: tuple[str, ...] = ()
    cards: tuple[str, ...] = ()
    language: str = ""
    teaches: str = ""
    times: str = ""
    asks: str = ""
    seats: tuple[int, int] = (1, 2)
    words: tuple[str, ...] = ()


KITCHEN = Task(
    "Keittiöapulainen", "9412",
    "Esivalmistelua, astianpesua ja linjaston täyttöä. Työ opetetaan kädestä pitäen.",
    (4, 6), 4, ("standing", "lifting_5"), ("hygiene",), "", "Suurkeittiön työvaiheet",
    "klo 7–13 välillä", words=("keitti",),
)  # fmt: skip
CLEANING = Task(
    "Laitosapulainen", "9112",
    "Luokkien ja käytävien siivousta parin kanssa, pyykkihuoltoa ja kahvituksen apua.",
    (4, 6), 4, ("bending", "standing"), (), "", "Siivousaineet ja koneet", "iltapäivisin",
    words=("siivou",),
)  # fmt: skip
LIBRARY = Task(
    "Kirjastoavustaja", "4411",
    "Palautusten hyllytystä, aineiston kunnostusta, näyttelyjen laittoa ja asiakkaiden ohjausta.",
    (4, 5), 4, ("reading", "customers"), (), "B1", "Kirjastojärjestelmä ja asiakaspalvelu",
    words=("kirjasto", "asiakas"),
)  # fmt: skip
PARK = Task(
    "Puistotyöntekijä", "9214",
    "Istutusten hoitoa, haravointia ja leikkipaikkojen kunnostusta pienessä ryhmässä.",
    (4, 7), 4, ("outdoors", "bending", "lifting_10"), (), "", "Viherkoneet ja työturvallisuus",
    "aamusta", seats=(2, 4), words=("puisto",),
)  # fmt: skip
DAYCARE = Task(
    "Päiväkotiavustaja", "5311",
    "Leikkiin ja ulkoiluun mukaan, ruokailun ja lepohetken apua kasvattajan rinnalla.",
    (4, 6), 4, ("noise", "customers"), ("criminal_record",), "B1", "Varhaiskasvatuksen arki",
    asks="rauhallinen ote lapsiin", words=("päiväko", "lasten"),
)  # fmt: skip
CARETAKING = Task(
    "Kiinteistönhoidon apulainen", "5153",
    "Pihatöitä, pieniä korjauksia, lumitöitä ja kalustesiirtoja kiinteistönhoitajan parina.",
    (5, 7), 4, ("outdoors", "lifting_20", "stairs"), (), "", "Kiinteistönhoidon perusteet",
    words=("kiinteistö", "huolto"),
)  # fmt: skip
CARE = Task(
    "Hoiva-avustaja", "5321",
    "Seuraa asukkaille, ulkoilua, ruokailun apua ja kodinhoitoa. Ei hoitotoimenpiteitä.",
    (4, 6), 4, ("standing", "customers"), ("hygiene",), "A2", "Ikäihmisten kohtaaminen",
    words=("hoiva", "hoito"),
)  # fmt: skip
OFFICE = Task(
    "Toimistoavustaja", "4110",
    "Postin, arkiston ja kokousjärjestelyjen hoitoa, puhelimeen vastaamista harjoitellen.",
    (4, 6), 4, ("screen", "reading"), (), "B1", "Toimisto-ohjelmat",
    words=("toimisto", "palvelupiste"),
)  # fmt: skip
SPORTS = Task(
    "Liikuntapaikan apulainen", "3423",
    "Hallin aukiolot, välineiden huoltoa ja tapahtumien rakentamista.",
    (4, 6), 3, ("evenings", "lifting_10"), (), "", "Tapahtumien järjestäminen",
)  # fmt: skip
CAFE = Task(
    "Kahvila-apulainen", "5246",
    "Leivontaa, kassaa ja pöytien hoitoa. Alkuun rauhalliset aamut ilman kassaa.",
    (3, 5), 3, ("customers", "standing"), ("hygiene",), "A2", "Kassatyö ja asiakaspalvelu",
    seats=(1, 3), words=("kahvila", "yhdistyk", "järjestö"),
)  # fmt: skip
FLEA = Task(
    "Kirpputorin apulainen", "5223",
    "Lahjoitusten lajittelua, hinnoittelua, esillepanoa ja myyntiä.",
    (4, 6), 4, ("lifting_5",), (), "", "Myyntityö", seats=(2, 4),
    words=("kirppu", "myymälä", "kauppa", "kaupan"),
)  # fmt: skip
RECYCLING = Task(
    "Lajittelija", "9612",
    "Tavaran vastaanottoa ja lajittelua, kodinkoneiden purkua osiin ohjaajan kanssa.",
    (4, 7), 4, ("lifting_20", "dust", "noise"), (), "", "Trukin liepeillä liikkuminen ja lajittelu",
    seats=(3, 6), words=("kierrät", "varasto", "tutussa"),
)  # fmt: skip
WOOD = Task(
    "Puupajan tekijä", "7522",
    "Huonekalujen kunnostusta ja pieniä tilaustöitä omaan tahtiin.",
    (4, 6), 4, ("dust", "noise"), (), "", "Puutyökoneet turvallisesti", seats=(3, 5),
    words=("työpaja", "paja"),
)  # fmt: skip
SEWING = Task(
    "Tekstiilipajan tekijä", "7531",
    "Korjausompelua, kassien ja esiliinojen sarjoja. Hiljainen tila, oma kone.",
    (4, 5), 4, (), (), "", "Teollisuusompelukoneet", seats=(2, 4), words=("ompelu",),
)  # fmt: skip
BIKES = Task(
    "Pyöräkorjaaja", "7234", "Lahjoitettujen pyörien kunnostusta myyntiin ja lainaan.",
    (4, 6), 4, (), (), "", "Pyörän huolto alusta loppuun", seats=(1, 3),
)  # fmt: skip
GARDEN = Task(
    "Puutarhatyöntekijä", "6113", "Taimien koulimista, kastelua, sadonkorjuuta ja pakkaamista.",
    (5, 7), 5, ("outdoors", "bending"), (), "", "Kasvihuoneviljely", seats=(1, 3),
)  # fmt: skip
BAKERY = Task(
    "Leipomoapulainen", "7512", "Taikinoiden punnitusta, uunitusta ja pakkaamista aamuvuorossa.",
    (5, 7), 5, ("standing", "hurry"), ("hygiene",), "", "Leipomotyön vaiheet", "klo 5–11",
)  # fmt: skip
MACHINE = Task(
    "Konepaja-apulainen", "7223", "Sorvin ja hitsauspaikan aputöitä, osien viimeistelyä.",
    (6, 8), 5, ("noise", "lifting_20", "standing"), ("safety",), "", "CNC-koneen aputyöt",
    words=("konepaj", "metalli", "hitsa"),
)  # fmt: skip
STORE = Task(
    "Varastotyöntekijä", "4321", "Keräilyä, pakkaamista ja saapuvan tavaran purkua.",
    (5, 8), 5, ("lifting_20", "standing", "hurry"), (), "", "Keräilypääte", seats=(1, 3),
    words=("varasto", "kuljetus", "tukku"),
)  # fmt: skip
SHOP = Task(
    "Myymäläapulainen", "9334", "Hyllytystä, hedelmäosaston hoitoa ja asiakkaiden auttamista.",
    (4, 6), 4, ("customers", "lifting_10"), ("hygiene",), "A2", "Kaupan arki",
    words=("kaupa", "kauppa"),
)  # fmt: skip
STABLE = Task(
    "Tallityöntekijä", "9212", "Karsinoiden siivousta, ruokintaa ja pihatöitä hevostilalla.",
    (4, 6), 4, ("outdoors", "lifting_20", "dust"), (), "", "Hevosten hoito",
    words=("eläin", "hevos", "tilalla"),
)  # fmt: skip
HOTEL = Task(
    "Kerroshoitaja", "5151", "Huoneiden siivousta parin kanssa ja pyykkihuoltoa.",
    (5, 7), 5, ("hurry", "bending", "weekends"), (), "", "Majoitusalan siivous",
)  # fmt: skip
RESTAURANT = Task(
    "Lounasravintolan apulainen", "5131", "Salin hoitoa, tiskiä ja salaattipöytää.",
    (4, 6), 5, ("customers", "hurry", "standing"), ("hygiene",), "A2", "Ravintolan rytmi",
)  # fmt: skip
GARAGE = Task(
    "Autokorjaamon apulainen", "7231", "Renkaanvaihtoja, siivousta ja varaosien hakua.",
    (6, 8), 5, ("lifting_20", "noise"), ("driving_b",), "", "Huollon aputyöt",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Trade:
    """A sort of worksite: whose it is, how it is called, what may be done there.

    `name` takes an invented place name in the genitive (`{of}`) or as it is (`{is_}`).
    """

    key: str
    form: str
    name: str
    tasks: tuple[Task, ...]
    unit: str = ""
    supports: tuple[str, ...] = ()
    department: str = ""
    kinds: tuple[str, ...] = field(default=("rehabilitative", "work_trial", "on_the_job"))


TOWN = ("rehabilitative", "work_trial", "on_the_job", "pay_subsidy")
CLUB = ("rehabilitative", "work_trial", "pay_subsidy", "volunteering")
FIRM = ("work_trial", "pay_subsidy", "apprenticeship", "on_the_job")

TRADES = (
    Trade("school", "municipality", "{of} koulu", (KITCHEN, CLEANING), "keittiö",
          ("induction", "plain_language", "same_tasks"), "ruoka- ja puhtauspalvelut", TOWN),
    Trade("library", "municipality", "{of} kirjasto", (LIBRARY,), "",
          ("quiet", "flexible", "induction", "accessible"), "kirjastopalvelut", TOWN),
    Trade("parks", "municipality", "{of} puistot", (PARK,), "",
          ("accompaniment", "same_tasks", "job_coach"), "tekniset palvelut", TOWN),
    Trade("daycare", "municipality", "{of} päiväkoti", (DAYCARE, KITCHEN), "",
          ("induction", "breaks"), "varhaiskasvatus", TOWN),
    Trade("property", "municipality", "{of} varikko", (CARETAKING,), "",
          ("accompaniment", "induction"), "kiinteistöpalvelut", TOWN),
    Trade("hall", "municipality", "{of} liikuntahalli", (SPORTS, CLEANING), "",
          ("flexible", "induction"), "vapaa-aikapalvelut", TOWN),
    Trade("office", "municipality", "{of} palvelupiste", (OFFICE,), "",
          ("quiet", "flexible", "accessible"), "hallintopalvelut", TOWN),
    Trade("cafe", "association", "Kahvila {is_}", (CAFE,), "",
          ("accompaniment", "plain_language", "flexible", "breaks"), kinds=CLUB),
    Trade("flea", "association", "{of} kirpputori", (FLEA,), "",
          ("flexible", "breaks", "plain_language", "job_coach"), kinds=CLUB),
    Trade("recycling", "association", "{of} kierrätyskeskus", (RECYCLING, BIKES), "",
          ("accompaniment", "same_tasks", "plain_language", "job_coach"), kinds=CLUB),
    Trade("workshop", "workshop", "{of} työpaja", (WOOD, SEWING), "",
          ("accompaniment", "flexible", "breaks", "quiet", "job_coach"),
          kinds=("rehabilitative", "work_trial", "training_trial")),
    Trade("care", "foundation", "{of} palvelutalo", (CARE, KITCHEN), "",
          ("induction", "plain_language"), kinds=CLUB),
    Trade("garden", "company", "{of} taimisto", (GARDEN,), "", ("same_tasks",), kinds=FIRM),
    Trade("bakery", "company", "Leipomo {is_}", (BAKERY,), "", ("induction",), kinds=FIRM),
    Trade("machine", "company", "{of} konepaja", (MACHINE,), "", ("induction",), kinds=FIRM),
    Trade("store", "company", "{of} varasto", (STORE,), "", ("same_tasks",), kinds=FIRM),
    Trade("shop", "company", "Kauppa {is_}", (SHOP,), "", ("induction",), kinds=FIRM),
    Trade("stable", "trader", "{of} talli", (STABLE,), "", ("quiet", "accompaniment"), kinds=FIRM),
    Trade("hotel", "company", "Hotelli {is_}", (HOTEL,), "", ("induction",), kinds=FIRM),
    Trade("lunch", "company", "Lounas {is_}", (RESTAURANT,), "", ("plain_language",), kinds=FIRM),
    Trade("garage", "trader", "{of} autokorjaamo", (GARAGE,), "", (), kinds=FIRM),
    Trade("nothing", "company", "{of} puu", (), "", (), kinds=FIRM),
)  # fmt: skip

NOTES = (
    "Puhuttiin keväästä: henkilöstö vaihtuu, palataan asiaan.",
    "Esihenkilö haluaa tavata ensin. Sovittiin käynti.",
    "Edellisestä työkokeilijasta hyvä mieli, ottaisivat taas.",
    "Kyseli, kuka tekee paperit. Luvattiin, että me.",
    "Toivoo, että valmentaja tulee mukaan ensimmäisenä päivänä.",
    "Lomien jälkeen voisi olla paikka iltapäivisin.",
    "",
    "",
)
REFUSALS = (
    ("no_time", "Yksi ohjaaja hoitaa jo kolmea harjoittelijaa."),
    ("staff", "Omaa väkeä on lomautettuna, nyt ei voi."),
    ("no_work", "Talvella työt eivät riitä."),
    ("before", "Edellinen jakso päättyi kesken, harkitsevat rauhassa."),
    ("space", "Tilat ovat remontissa kesään asti."),
    ("doubts", "Eivät ole varmoja, kenelle työ sopisi."),
    ("cost", "Paperityö tuntui suurelta."),
)
CHECKLIST = (
    "Kierros tiloissa, kenelle soitetaan kun sairastuu",
    "Vaatteet, kaappi ja avain",
    "Työajat, tauot ja ruokailu",
    "Turvallisuus: ensiapu, poistumistiet, koneet",
    "Ensimmäinen oma työ yhdessä tehden",
    "Mitä saa ja mitä ei saa kertoa eteenpäin",
)
ARRIVING = (
    "Bussipysäkki aivan vieressä, sisään takaovesta.",
    "Kymmenen minuutin kävely keskustasta. Soita ovikelloa.",
    "Parkkipaikka pihassa; kysy esihenkilöä aulasta.",
    "",
)
TITLES = ("palveluesihenkilö", "keittiövastaava", "työnjohtaja", "ohjaaja", "toiminnanjohtaja",
          "yrittäjä", "vastaava ohjaaja")  # fmt: skip
