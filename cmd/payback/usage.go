package main

import (
	"errors"
	"strings"

	"github.com/alecthomas/kong"

	"github.com/communitypayback/payback/model"
)

// usage follows a command line along the tree of commands, so that what is wrong can be told in words and with a
// suggestion before the parser sees it.
type usage struct {
	node  *kong.Node
	args  int // positional arguments met since the command
	help  bool
	words []string // of the command
}

// checkUsage refuses unknown commands and flags, flags without a value and arguments too many. A call for help, or for
// nothing at all, becomes the help command.
func checkUsage(root *kong.Node, args []string) ([]string, error) {
	u := &usage{node: root}
	for i := 0; i < len(args); i++ {
		a := args[i]
		switch {
		case a == "--":
			i = len(args)
		case a == "-h" || a == "--help":
			u.help = true
		case strings.HasPrefix(a, "--"):
			skip, err := u.long(a, args[i+1:])
			if err != nil {
				return nil, err
			}
			i += skip
		case strings.HasPrefix(a, "-") && a != "-":
			skip, err := u.short(a, args[i+1:])
			if err != nil {
				return nil, err
			}
			i += skip
		default:
			if err := u.word(a); err != nil {
				return nil, err
			}
		}
	}
	if u.help || len(args) == 0 {
		return append([]string{"help"}, u.words...), nil
	}
	if len(u.node.Children) > 0 && u.node.DefaultCmd == nil {
		return nil, model.Errorf(model.CodeUsage, "%s needs one more word: %s. See: payback help%s",
			strings.Join(append([]string{"payback"}, u.words...), " "), strings.Join(childNames(u.node), ", "), joined(u.words))
	}
	return args, nil
}

// long checks a flag such as --week or --week=2026-W49 and tells whether its value is the next argument.
func (u *usage) long(arg string, rest []string) (skip int, err error) {
	name, _, inline := strings.Cut(arg[2:], "=")
	var names []string
	for _, group := range u.flags() {
		for _, f := range group {
			if f.Name == name {
				return u.value(f, arg, inline, rest)
			}
			names = append(names, "--"+f.Name)
		}
	}
	return 0, model.Errorf(model.CodeUsage, "Unknown flag --%s.%s See: payback help%s", name, meant("--"+name, names), joined(u.words))
}

// short checks a flag such as -q, -ojson or -qv.
func (u *usage) short(arg string, rest []string) (skip int, err error) {
	for i, c := range arg[1:] {
		f := u.shortFlag(c)
		if f == nil {
			return 0, model.Errorf(model.CodeUsage, "Unknown flag -%c. See: payback help%s", c, joined(u.words))
		}
		if !f.IsBool() {
			return u.value(f, "-"+string(c), len(arg) > i+2, rest)
		}
	}
	return 0, nil
}

// flags gives those of the command, and of the one that is meant where the next word is left out.
func (u *usage) flags() [][]*kong.Flag {
	if d := u.node.DefaultCmd; d != nil {
		return d.AllFlags(true)
	}
	return u.node.AllFlags(true)
}

func (u *usage) shortFlag(c rune) *kong.Flag {
	for _, group := range u.flags() {
		for _, f := range group {
			if f.Short == c {
				return f
			}
		}
	}
	return nil
}

func (u *usage) value(f *kong.Flag, arg string, inline bool, rest []string) (skip int, err error) {
	switch {
	case f.IsBool() || inline:
		return 0, nil
	case len(rest) == 0 || strings.HasPrefix(rest[0], "--"):
		return 0, model.Errorf(model.CodeUsage, "%s needs a value, as in %s %s.", arg, arg, f.FormatPlaceHolder())
	default:
		return 1, nil
	}
}

// word takes a command or an argument.
func (u *usage) word(a string) error {
	for _, c := range u.node.Children {
		if c.Name == a {
			u.node, u.words, u.args = c, append(u.words, a), 0
			return nil
		}
	}
	if len(u.node.Children) > 0 {
		names := childNames(u.node)
		return model.Errorf(model.CodeUsage, "Unknown command %q.%s The commands are %s. See: payback help%s",
			a, meant(a, names), strings.Join(names, ", "), joined(u.words))
	}
	if n := len(u.node.Positional); u.args >= n && (n == 0 || !u.node.Positional[n-1].IsCumulative()) {
		return model.Errorf(model.CodeUsage, "payback%s does not know what to do with %q. See: payback help%s", joined(u.words), a, joined(u.words))
	}
	u.args++
	return nil
}

// parseError words what the parser still refuses: values of flags.
func parseError(err error) error {
	if ours, ok := errors.AsType[*model.Error](err); ok {
		return ours
	}
	return &model.Error{Code: model.CodeUsage, Message: "The command line was not understood: " + err.Error() + ". See: payback help", Err: err}
}

func childNames(n *kong.Node) []string {
	var names []string
	for _, c := range n.Children {
		names = append(names, c.Name)
	}
	return names
}

// joined gives words with a space before each.
func joined(words []string) string {
	if len(words) == 0 {
		return ""
	}
	return " " + strings.Join(words, " ")
}
