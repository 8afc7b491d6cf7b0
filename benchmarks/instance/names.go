package instance

import "strings"

// Syllables of invented names. Whatever they make, nobody is meant.
var (
	foreFirst = []string{"Al", "Bre", "Cor", "Da", "El", "Fen", "Gar", "Ha", "Is", "Jo", "Ka", "Lo", "Mar", "Ne", "Or", "Pe", "Ro", "Sa", "Ta", "Vi"}
	foreLast  = []string{"ban", "da", "dric", "la", "lin", "mir", "na", "ney", "ra", "rick", "sel", "tan", "ven", "wyn"}
	surFirst  = []string{"Ash", "Bar", "Cald", "Dren", "Ever", "Fal", "Grim", "Hol", "Ing", "Kel", "Lang", "Mor", "Nor", "Pem", "Quar", "Rud", "Stan", "Thorn", "Up", "Wex"}
	surMiddle = []string{"", "", "", "er", "en", "ing"}
	surLast   = []string{"by", "combe", "dale", "field", "gate", "ham", "ley", "low", "mere", "more", "rick", "stead", "ton", "well"}
	townFirst = []string{"Alder", "Bram", "Cran", "Dun", "Elm", "Farn", "Gorse", "Hazel", "Iver", "Juniper", "Kest", "Lark",
		"Maple", "Nettle", "Oaken", "Pipit", "Quill", "Rowan", "Sedge", "Teasel", "Umber", "Vetch", "Willow", "Yarrow"}
	townLast = []string{"barrow", "brook", "cross", "den", "fold", "garth", "haven", "hollow", "mead", "moor", "reach", "wick"}
)

func (d dice) forename() string { return pick(d, foreFirst) + pick(d, foreLast) }

func (d dice) surname() string { return pick(d, surFirst) + pick(d, surMiddle) + pick(d, surLast) }

// officer gives the name of someone who approves placements.
func (d dice) officer() string { return d.forename()[:1] + ". " + d.surname() }

// townName gives a different name for each number below a few hundred, and numbered ones after that.
func townName(i int) string {
	n := len(townFirst) * len(townLast)
	name := townFirst[i%len(townFirst)] + townLast[(i/len(townFirst)+i)%len(townLast)]
	return name + strings.Repeat(" Magna", i/n)
}
