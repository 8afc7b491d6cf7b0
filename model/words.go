package model

import (
	"fmt"
	"strings"
)

// The closed lists of words used in the region's files. Each type's zero value is the word that asks for the most care
// or the least permission, so that a forgotten field is never a licence.

// Sex as recorded. People recorded as other are placed by hand.
type Sex uint8

// The recorded sexes.
const (
	SexOther Sex = iota
	Female
	Male
)

// Preference is the group a person may be placed in.
type Preference uint8

// The placement preferences.
const (
	MixedGroup Preference = iota
	FemaleOnlyGroup
	IndividualOnly
)

// Level is a level of risk of serious harm (ROSH), ordered.
type Level uint8

// The levels of risk, least first; a project's ceiling is one of the first three.
const (
	LowRisk Level = iota
	MediumRisk
	HighRisk
	VeryHighRisk
)

// Status says where a requirement stands.
type Status uint8

// The states of a requirement. Only an active one can be worked.
const (
	AwaitingAssessment Status = iota
	Active
	Suspended
	Breach
	Complete
)

// OrderType is the kind of court order.
type OrderType uint8

// The order types.
const (
	OtherOrder OrderType = iota
	CommunityOrder
	SuspendedSentenceOrder
)

// Prayer says which breaks a person has asked for.
type Prayer uint8

// The prayer wishes.
const (
	NoPrayer Prayer = iota
	DailyPrayer
	DailyAndFridayPrayer
)

// Kind is what sort of work a project offers.
type Kind uint8

// The kinds of project. Groups are supervised by payback's supervisors, inductions by office staff, the others by nobody.
const (
	Group Kind = iota
	Individual
	ETE // education, training and employment
	Induction
)

// Exposure says how open to the weather a project is.
type Exposure uint8

// The exposures, most exposed first.
const (
	Outdoor Exposure = iota
	Sheltered
	Indoor
)

// Demand is how heavy the work is.
type Demand uint8

// The physical demands, heaviest first.
const (
	Heavy Demand = iota
	MediumDemand
	Light
)

// Transport says how people reach a project.
type Transport uint8

// The transports. To Either, a person rides if their own way exceeds the travel limit.
const (
	ByMinibus Transport = iota
	ByThemselves
	Either
)

// Licence is what a supervisor may drive.
type Licence uint8

// The licences: B drives up to 8 passenger seats, D1 up to 16.
const (
	NoLicence Licence = iota
	LicenceB
	LicenceD1
)

// Grade is a supervisor's post.
type Grade uint8

// The grades.
const (
	GradeSupervisor Grade = iota
	Sessional
	PlacementCoordinator
)

// Frequency says how often a standing slot comes round.
type Frequency uint8

// The frequencies. A fortnightly slot runs in the ISO week of its start date and every second week after.
const (
	Weekly Frequency = iota
	Fortnightly
	Once
)

// Flags are facts about a person that bar some places. The zero value is none.
type Flags uint16

// The flags, one bit each.
const (
	RiskToChildren Flags = 1 << iota
	SexualHistory
	VulnerableAdults
	Gang
	Violence
	Arson
	RestrictedPlacement
	IndividualBarred
	NoMaleSupervisor
	NoFemaleSupervisor
)

// Has reports whether any of the given flags is set.
func (f Flags) Has(o Flags) bool { return f&o != 0 }

// Health lists what a person's health asks of a place.
type Health uint16

// The health needs, one bit each.
const (
	LightWorkOnly Health = 1 << iota
	NoPowerTools
	NeedsStepFree
	Wheelchair
	SupportWorker
	Epilepsy
	Pregnancy
	Allergy
)

// Has reports whether any of the given needs is set.
func (h Health) Has(o Health) bool { return h&o != 0 }

// Training lists what a supervisor is trained for.
type Training uint16

// The trainings that rules know; others are kept as text with the facts.
const (
	TrainedHighRisk Training = 1 << iota
	TrainedWomen
	TrainedNeurodiversity
	TrainedFirstAid
)

// Has reports whether any of the given trainings is held.
func (t Training) Has(o Training) bool { return t&o != 0 }

var (
	sexWords        = []string{"other", "female", "male"}
	preferenceWords = []string{"mixed_group", "female_only_group", "individual"}
	levelWords      = []string{"low", "medium", "high", "very_high"}
	statusWords     = []string{"awaiting_assessment", "active", "suspended", "breach", "complete"}
	orderWords      = []string{"other", "community_order", "suspended_sentence_order"}
	prayerWords     = []string{"none", "daily", "daily_and_friday"}
	kindWords       = []string{"group", "individual", "ete", "induction"}
	exposureWords   = []string{"outdoor", "sheltered", "indoor"}
	demandWords     = []string{"heavy", "medium", "light"}
	transportWords  = []string{"minibus", "self", "either"}
	licenceWords    = []string{"none", "B", "D1"}
	gradeWords      = []string{"supervisor", "sessional", "placement_coordinator"}
	frequencyWords  = []string{"weekly", "fortnightly", "once"}
	flagWords       = []string{"risk_to_children", "sexual_history", "vulnerable_adults", "gang", "violence", "arson",
		"restricted_placement", "individual_barred", "no_male_supervisor", "no_female_supervisor"}
	healthWords = []string{"light_work_only", "no_power_tools", "step_free", "wheelchair", "support_worker", "epilepsy",
		"pregnancy", "allergy"}
	trainingWords = []string{"high_risk", "women", "neurodiversity", "first_aid"}
)

// The String methods give the word used in files.

func (v Sex) String() string        { return word(sexWords, uint(v)) }
func (v Preference) String() string { return word(preferenceWords, uint(v)) }
func (v Level) String() string      { return word(levelWords, uint(v)) }
func (v Status) String() string     { return word(statusWords, uint(v)) }
func (v OrderType) String() string  { return word(orderWords, uint(v)) }
func (v Prayer) String() string     { return word(prayerWords, uint(v)) }
func (v Kind) String() string       { return word(kindWords, uint(v)) }
func (v Exposure) String() string   { return word(exposureWords, uint(v)) }
func (v Demand) String() string     { return word(demandWords, uint(v)) }
func (v Transport) String() string  { return word(transportWords, uint(v)) }
func (v Licence) String() string    { return word(licenceWords, uint(v)) }
func (v Grade) String() string      { return word(gradeWords, uint(v)) }
func (v Frequency) String() string  { return word(frequencyWords, uint(v)) }
func (f Flags) String() string      { return strings.Join(bits(flagWords, uint(f)), ";") }
func (h Health) String() string     { return strings.Join(bits(healthWords, uint(h)), ";") }
func (t Training) String() string   { return strings.Join(bits(trainingWords, uint(t)), ";") }

// The Parse functions read a word of a file, in any case, and name the choices when it is none of them.

func ParseSex(s string) (Sex, error)               { return parse[Sex](sexWords, s) }
func ParsePreference(s string) (Preference, error) { return parse[Preference](preferenceWords, s) }
func ParseLevel(s string) (Level, error)           { return parse[Level](levelWords, s) }
func ParseStatus(s string) (Status, error)         { return parse[Status](statusWords, s) }
func ParseOrderType(s string) (OrderType, error)   { return parse[OrderType](orderWords, s) }
func ParsePrayer(s string) (Prayer, error)         { return parse[Prayer](prayerWords, s) }
func ParseExposure(s string) (Exposure, error)     { return parse[Exposure](exposureWords, s) }
func ParseDemand(s string) (Demand, error)         { return parse[Demand](demandWords, s) }
func ParseTransport(s string) (Transport, error)   { return parse[Transport](transportWords, s) }
func ParseLicence(s string) (Licence, error)       { return parse[Licence](licenceWords, s) }
func ParseGrade(s string) (Grade, error)           { return parse[Grade](gradeWords, s) }
func ParseFrequency(s string) (Frequency, error)   { return parse[Frequency](frequencyWords, s) }
func ParseFlag(s string) (Flags, error)            { return parseBit[Flags](flagWords, s) }
func ParseHealth(s string) (Health, error)         { return parseBit[Health](healthWords, s) }
func ParseTraining(s string) (Training, error)     { return parseBit[Training](trainingWords, s) }

// kindCodes maps NDelius project type codes to kinds (data.md, settled reading 14).
var kindCodes = []struct {
	code string
	kind Kind
}{
	{"PL", Group}, {"NP1", Group}, {"NP2", Group},
	{"ICP", Individual}, {"PIP2", Individual}, {"ES", Individual}, {"PSP", Individual}, {"WH1", Individual},
	{"ET1", ETE}, {"ET3", ETE}, {"ET5", ETE}, {"UP06", ETE},
	{"PS", Induction}, {"PI", Induction},
}

// ParseKind reads a kind or the NDelius code of one.
func ParseKind(s string) (Kind, error) {
	for _, c := range kindCodes {
		if strings.EqualFold(c.code, strings.TrimSpace(s)) {
			return c.kind, nil
		}
	}
	k, err := parse[Kind](kindWords, s)
	if err != nil {
		err = fmt.Errorf("%w, or an NDelius project type code such as NP1 or ICP", err)
	}
	return k, err
}

func word(words []string, i uint) string {
	if i < uint(len(words)) {
		return words[i]
	}
	return "?"
}

func bits(words []string, set uint) []string {
	var out []string
	for i, w := range words {
		if set>>i&1 != 0 {
			out = append(out, w)
		}
	}
	return out
}

func find(words []string, s string) (int, error) {
	for i, w := range words {
		if strings.EqualFold(w, strings.TrimSpace(s)) {
			return i, nil
		}
	}
	return 0, fmt.Errorf("found %q; expected one of %s", s, strings.Join(words, ", "))
}

func parse[T ~uint8](words []string, s string) (T, error) {
	i, err := find(words, s)
	return T(i), err
}

func parseBit[T ~uint16](words []string, s string) (T, error) {
	i, err := find(words, s)
	if err != nil {
		return 0, err
	}
	return T(1) << i, nil
}
