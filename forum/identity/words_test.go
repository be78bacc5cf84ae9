package identity

import (
	"slices"
	"strings"
	"testing"
)

// hurtful lists, by what they touch, words that nobody should find in their
// recovery phrase or their name on a bad night. A star stands for any ending.
// Whoever exchanges a word of a list adds the old one here.
var hurtful = map[string]string{
	"death":            "ashes ashen autopsy bury burial cemetery coffin corpse coroner crematory cremat* crypt dead deadly death* decease* demise depart dying embalm* end* entomb eternal eulogy exhume expire* extinct farewell fatal* funeral* ghost* grave graves graveyard grim hearse heaven hell morgue mort* mourn* mummif* obituary perish* phantom skeleton* skull* tomb* undead undying urn wake widow* will willed wreath zombie*",
	"suicide":          "belt bridge* charcoal cliff* cut cutter cutting dangle drown* exit hang hanged hanging hangman hangout helium jump* knot* leap ledge* noose overdose* oven rail rails railing razor* roof* rope* roping rafter* banister scissors suicid* suspend* wrist*",
	"violence":         "abus* ambush* assault* attack* batter battle* beat beaten blast* blood* bruis* brutal* brute bully burn* carnage choke choking clobber coerc* cruel* crush* danger* destroy* ferocious fierce fight* fury grab groom hack* hammer harm* hit hurt* impale injur* jab kick* kill* knock* lash* lynch* maim* mangle* massacre menac* molest* murder* mutilat* pain* pound* pummel punch* ransack rape* ravag* savage scald* scar scare* scream* shove slam slap slash* slaughter slay* smack smash* stab* stomp strangl* strik* struck suffer* thrash threat* throttle tortur* trampl* trauma* victim* violat* violen* whip whips whipping wound* wreck* wrestl*",
	"weapons":          "ammo ammunition archer armed arming armory arrow arrows axe bayonet bazooka blade* bomb* buckshot bullet* cannon* cleaver crowbar dagger* explosive* grenade* gun* hatchet knife* knives lance machete missile* musket* pistol* revolver* rifle* rifling shotgun spear spears sword* torpedo trigger* turret* weapon*",
	"war and force":    "army armies cavalry combat* commando enemy foe foes fort fortress guerrilla military militia mutin* navies patriot* platoon postwar prewar raid* rebel* refugee* revolt* riot* soldier* squad* tank tanks traitor* treason* troop* uranium vanguard veteran* war warfare warrior* wars",
	"prison and law":   "alibi arrest* bail bribe* cage* captiv* captur* cell cells convict* crime* criminal* crook* culprit* custody deport* detain* escap* evict* exile* felon* fraud* guard guards guilt* handcuff* hostage* inmate* jail* judge* jury juror* kidnap* larceny lawsuit* lock locked locks offend* padlock* parole* penalt* police* prison* prosecut* punish* robber* robbing rogue sentry shackle* sheriff smuggl* stalk* steal* stole stolen sue suing swindl* theft* thief thieves thug* trap traps tresp* trial* vandal* verdict* victimiz* warden",
	"drugs, drinking":  "absinthe addict* alcohol* ale amaretto bar bars bartender beer* booz* bourbon brew* bud buds cannabis champagne cider cocaine cocktail* coke crack* crave* craving* dealer* dope drug* drunk* drank flask gin heroin* high hookah hungover intoxicat* joint* junkie* keg* lager liquor* marijuana meth* morphine nicotin* opiate* opium pharmac* poppy popper pot pub pubs rum sake saloon sherry smok* sober* speed stoned syringe* tavern* tequila tipsy tobacco uncork user vape* vaping vineyard vodka weed* whiskey wine* winery",
	"medicine":         "amputat* anemia aneurism antacid antibody antidote bacteria* bandage cancer* cardiac catheter chemo* clinic* coma contagi* cough* cure* curing dementia diagnos* disab* disease* disorder* doctor* dosage dose* drip epidemic* fever* flu germ germs hospital* ill illness* implant* infect* insane insanity insulin itch* lesion lunatic* maniac* medic* mental* migraine* mumps nausea* needle* nurse* nursing paralyz* paranoi* patient patients pill pills plague* polio pox prozac psych* rabies rash* rehab* relaps* remedy scab* schizo* scurvy sedat* seizure* septic sick* spasm* stroke sympt* syndrom* syring* tablet* therap* toxic* toxin* trance transplant tremor* tumor* ulcer* urolog* vaccin* valium vertigo virus* viral vomit* ward",
	"body":             "abdomen ankle* armpit artery bald* belly bladder blubber boob* bosom bottom brain* breast* brunette butt* buttock* chest chin colon dimple* ears* elbow* eyeball fang* femur fetal fetus flesh* forehead freckle* genital* gonad* groin* guts hair* height hip hips intestin* jaw* kidney knee kneel* limb limbs lip lips liver* lung* muscl* nape naked navel neck* nipple* nose nude nudes pelvi* penis pimple* pregnan* rectal rib ribs scalp* senior shin skin skinn* spine spinal spleen spotty sternum stomach* tall thigh* throat* throb tibia tissue* tongue* torso tummy uterus vagina vein* waist womb* wrinkl* young* zit zits",
	"weight, eating":   "anorex* appetit* big binge* bloat* bony bulge* bulim* bulk* calorie* chubby chunk* diet* eaten eater* eating fast fasting fat fatal fats fatty feast* feed* flab* glutt* gorged gorging hungr* jumbo lard* lean massive measur* nibbl* obes* overeat overfed plump* petite portion* portly puke puking purge* scale* scrawny size* sizing skeletal skip slender slim* starv* thin thinn* tubby weigh* weight* whale*",
	"sex, shame":       "arous* asham* bloomers bondage bra brothel camisole caress* come* coming condom* corset* creamed crotch cuck* dildo disgrac* erot* escort* fetish fondl* footsie garter genital gigolo hooker horny humiliat* incest* kink* kiss kisser kissing lewd lingerie lust* maiden mistress naught* nymph* obscen* orgasm orgy pantie* perv* porn* prostitut* puberty rubber seduc* semen sex* shame* sin* sinner slut* stripper striptease tart thong* trollop virgin* vulgar* whore*",
	"insults":          "absurd airhead ass asses babbling baboon badass bimbo bitch* blabber* bonehead boor* buffoon* catty chimp* chump* cling* clown* clums* coward* cow cows crab* crafty creep* crud* cracker ditz* docile dork* dumb* dunce dweeb* failing* failur* fairy fool* freak* geek* goof* goon* grouch* guinea gypsy hag hypocrit* idiot* idiocy imbecil* inept jerk* kook* lame* laz* loser* mad madman mania maniac mean monkey* mope* moron* mousy muppet* naive nerd* nitwit oaf* oddball outcast* pansy pathetic pest* pig pigs poser prude* psycho* pug queer* racoon rascal* rat rats retard* ridicul* rude* scum* selfish* sissy slob* slow* slug* snob* spade stupid* thick* trash* twerp* tyke ugl* useless vermin* wannabe weird* wimp* wino witch* worm* worthless wretch*",
	"faith, peoples":   "agnostic allah almighty amen angel* apostle atheis* bible biblical bishop* buddh* celtic chapel cherub* christ christian* church* clergy creed* creole cult cults damn* deacon* deity demon* devil* diocese eskimo* faith gentile* god gods gospel heretic* hindu* holy hymn* infidel islam* israel* jesus jew jewish jews koran kosher* martyr* messiah* mosque* muslim* oriental pagan* pope* pray* preach* priest* prophet* rabbi rabbis racis* roman sacred sacrif* saint* satan* savior* sermon* sherpa shrine* sinful vicar* yiddish",
	"family and loss":  "abandon* abort* adulter* affair aunt* babied baby babies bachelor* birth* breakup bride* brother* child* cot cousin* crib cradle* dad* daughter* divorc* dowry dump* eldest famil* father* fiance* foster* granny husband* infant* infertil* jilt* kinfolk kinship labor* lone lonel* loss* lost mama* marital marri* marry* miscarr* mom* mother* nanny nephew* newborn* niece* orphan* parent* parting pity rejec* sibling* single* sister* son sons spouse* stillb* toddler* twin twins uncle* wed wedd* wife wives",
	"fear, sorrow":     "afraid aghast alarm* alone angr* anguish* anxi* ashamed awful bitter* bleak* broken* cry crying cries crier crisis curse* dark darkness darkish despair* despis* desperat* devastat* disast* dismal dismay* distress* doom* dread* dreary dump empty emptiness envious envy fail failed fear* flee* forget* forlorn frantic fright* frown* furious gloom* grief* griev* grim* groan* guilty hate* hatred haunt* helpless* hollow hopeless* horrib* horrif* horror* hostil* hyster* isolat* jealous* jinx lament* lonesome miser* moan* naked nervous* nightmare* numb* ominous outrag* panic* peril* pitiful rage* raging regret* rejected resent* sad* saddest scary shock* sob sobs solemn sore sorrow* sorry spook* stark stress* sulk* terribl* terrif* terror* torment* tragic* traged* unhapp* unloved unsafe unwant* upset* wail* weary weep* whimper* whine* woe* worr* wrong* yell*",
	"dirt, sickening":  "cesspool crap* disgust* dung fart* feces filth* garbage gore gory grime* grimy gross gunk latrine lice maggot* manure mold* mucus pee pus rancid reek* rot rots rotten rotting sewage sewer* slime* slimy snot* spit spits stench* stink* stool* sweat* toilet* trash urin*",
	"money trouble":    "bankrupt* bankroll beggar* broke debt* famine* gambl* greed* hobo homeless* jackpot loan* loser money mortgage* owe owed owing pauper* payday poor poverty rent ruin* slum* squat* tramp*",
	"creatures feared": "cobra* locust* python* roach* serpent* shark* snake* snaking spider* tarantula* vampir* viper* wasp* wolf wolves",
}

// harmless words of the lists begin like one that is not.
var harmless = strings.Fields(`
	buttercup butterfly butter button comet earshot endive endnote endorse familiar fleece fleet harmony
	jumper luster method moment moped necklace necktie number paint saddle since sincere sing singer singing
	stable sweater thicket wombat yellow
`)

func TestWordsAreOrderedAndTold(t *testing.T) {
	if len(words) != 4096 {
		t.Fatalf("%d words, want 4096", len(words))
	}
	if !slices.IsSorted(words) {
		t.Fatal("the words are not sorted")
	}
	seen := map[string]string{}
	for _, word := range words {
		if len(word) < 3 || strings.Trim(word, "abcdefghijklmnopqrstuvwxyz") != "" {
			t.Errorf("%q is not three or more letters a to z", word)
		}
		if other := seen[short(word)]; other != "" {
			t.Errorf("%s and %s begin alike", other, word)
		}
		seen[short(word)] = word
	}
}

// Every phrase that was written down depends on the order. From the first
// release on this sum stays as it is.
func TestWordsStayInTheirPlaces(t *testing.T) {
	if got := Hash(wordText); got != "t-uE3eUII-hPqp9FThciGa1YldrFtUpf89KqCj8xjnI" {
		t.Errorf("words.txt was changed: %s", got)
	}
}

func TestWordsDoNotHurt(t *testing.T) {
	for list, listed := range map[string][]string{"words": words, "adjectives": adjectives, "nouns": nouns} {
		for _, word := range listed {
			if subject, stem := hurts(word); stem != "" {
				t.Errorf("%s: %s (%s: %s)", list, word, subject, stem)
			}
		}
	}
}

func TestHurtfulWordsAreSeen(t *testing.T) {
	for word := range strings.FieldsSeq("maimed deport haunt unsafe bonehead grave suicidal jumping dosage slaying") {
		if _, stem := hurts(word); stem == "" {
			t.Errorf("%s is not seen", word)
		}
	}
	for _, word := range harmless {
		if !slices.Contains(slices.Concat(words, adjectives, nouns), word) {
			t.Errorf("%s is in no list and needs no leave", word)
		}
	}
}

func hurts(word string) (subject, stem string) {
	if slices.Contains(harmless, word) {
		return "", ""
	}
	for subject, list := range hurtful {
		for stem := range strings.FieldsSeq(list) {
			if start, open := strings.CutSuffix(stem, "*"); open && strings.HasPrefix(word, start) || word == stem {
				return subject, stem
			}
		}
	}
	return "", ""
}
