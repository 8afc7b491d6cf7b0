package main

import (
	"fmt"
	"strings"

	"github.com/alecthomas/kong"

	"github.com/communitypayback/payback/model"
)

// helpCommand explains a command or a topic.
type helpCommand struct {
	Topic []string `arg:"" optional:"" help:"A command such as plan or explain rule, or exit-codes."`
}

// Run prints the explanation.
func (c *helpCommand) Run(m *Main) error {
	if strings.Join(c.Topic, " ") == "exit-codes" {
		fmt.Fprintln(m.Stdout, "Exit codes:")
		for _, e := range exitTable {
			fmt.Fprintf(m.Stdout, "%5d  %s\n", e.code, e.text)
		}
		return nil
	}
	node := m.kong.Model.Node
	for i, w := range c.Topic {
		next := childOf(node, w)
		if next == nil && i == len(c.Topic)-1 && len(node.Children) == 0 {
			break // an argument of a command, as in: payback explain rule places --help
		}
		if next == nil {
			return model.Errorf(model.CodeUsage, "No command %q.%s The topics are %s and exit-codes.", strings.Join(c.Topic, " "),
				meant(w, append(childNames(node), "exit-codes")), strings.Join(childNames(node), ", "))
		}
		node = next
	}
	return m.printHelp(node)
}

func childOf(n *kong.Node, name string) *kong.Node {
	for _, c := range n.Children {
		if c.Name == name {
			return c
		}
	}
	return nil
}

// printHelp prints what the parser knows of a command.
func (m *Main) printHelp(n *kong.Node) error {
	var words []string
	for at := n; at.Parent != nil; at = at.Parent {
		words = append([]string{at.Name}, words...)
	}
	ctx, err := kong.Trace(m.kong, words)
	if err != nil {
		return err
	}
	for i, at := range ctx.Path {
		if at.Node() == n {
			ctx.Path = ctx.Path[:i+1] // and not on to the command that is meant where a word is left out
		}
	}
	return kong.DefaultHelpPrinter(kong.HelpOptions{
		Compact: true, WrapUpperBound: tableWidth, ValueFormatter: kong.DefaultHelpValueFormatter,
	}, ctx)
}
