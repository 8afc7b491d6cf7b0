package scheduler

import (
	"context"
	"fmt"
	"strings"

	"github.com/communitypayback/payback/model"
)

// PublishPlan asks for a draft to become what is published for its week.
type PublishPlan struct {
	Draft   string
	Version int  // of the draft; 0: whichever is the last
	Partial bool // publish what still holds if not all of it does
}

// PublishedPlan is what was published.
type PublishedPlan struct {
	RosterVersion
	Changes int // of what is published against the version before
	LeftOut int // changes of the draft that did not hold
}

// PublishPlan makes a draft what is published. Within the transaction that writes it, it freezes the week afresh from the
// current facts and holds the draft against every rule. If it is out of date or breaks a rule that must hold, the error is
// a [*StaleError], and nothing is published unless the request takes what still holds. Cases that only fixed parts break, and
// moving fixed parts, need a release in the draft, each by a named person with a reason. It needs a publisher.
func (s *Service) PublishPlan(ctx context.Context, who model.Principal, region string, q PublishPlan, c Command) (PublishedPlan, error) {
	var made PublishedPlan
	if err := may(who, region, publishers); err != nil {
		return made, err
	}
	request := struct {
		Action string
		PublishPlan
	}{"publish", q}
	err := s.change(ctx, who, region, c, request, &made, func(w Writer) (deed, error) {
		p, err := s.publication(w, &q)
		if err != nil {
			return deed{}, err
		}
		if made, err = s.publish(w, who, p, c.Reason); err != nil {
			return deed{}, err
		}
		return deed{action: "publish", subject: made.Week.String(), version: made.Version, content: made.Content}, nil
	})
	if err != nil {
		return PublishedPlan{}, err
	}
	return made, nil
}

// publication is a draft on its way to being published.
type publication struct {
	draft   Draft
	facts   int
	sn      *model.Snapshot
	current *model.Roster // what is published; never nil
	now     RosterVersion // its version; 0: nothing is
	base    *model.Roster // what was published when the draft was made; never nil
	roster  *model.Roster // to be published
	left    int           // changes left out of it
}

// publication holds a draft against the record as it is now.
func (s *Service) publication(r Reader, q *PublishPlan) (*publication, error) {
	p := &publication{}
	var err error
	if p.draft, err = lastDraft(r, q.Draft); err != nil {
		return nil, err
	}
	if q.Version != 0 && q.Version != p.draft.Version {
		return nil, Stale(KindDraft, q.Draft, q.Version, p.draft.Version)
	}
	if !p.draft.Usable() {
		return nil, notUsable(&p.draft)
	}
	if p.roster, err = s.rosterOf(r, p.draft.Roster); err != nil {
		return nil, err
	}
	if p.sn, p.facts, err = s.freeze(r, p.draft.Week); err != nil {
		return nil, err
	}
	p.sn = waiving(p.sn, p.draft.Waivers)
	if err := s.against(r, p); err != nil {
		return nil, err
	}
	j := s.judge(p.sn, p.roster, p.draft.Releases)
	open := j.Open()
	stale := p.now.Version != p.draft.Base
	if !stale && len(open) == 0 {
		return p, nil
	}
	return p, s.partly(r, p, open, q.Partial)
}

// partly takes what holds of a draft, or says why it is not published.
func (s *Service) partly(r Reader, p *publication, open []Case, partial bool) error {
	merged := s.holding(p.sn, p.base, p.current, p.roster, p.draft.Releases)
	e := &StaleError{Week: p.draft.Week, Base: p.draft.Base, Published: p.now, Moved: Diff(p.base, p.current), Broken: open,
		Changes: Diff(p.base, p.roster), Holding: Diff(p.current, merged)}
	var err error
	if e.Facts, err = s.factsSince(r, p.draft.Facts); err != nil {
		return err
	}
	j := s.judge(p.sn, merged, p.draft.Releases)
	rest := j.Open() // what is published breaks it already
	if len(rest) > 0 {
		e.Holding = nil // nobody publishes what is broken
	}
	left := leftOut(p, e.Changes, merged)
	if partial && len(e.Holding) > 0 {
		p.left, p.roster = left, merged
		return nil
	}
	holds := len(e.Changes) - left
	switch {
	case len(e.Holding) == 0:
		holds = 0
	case holds == 0: // the way to the same end is another one now
		holds = len(e.Holding)
	}
	if e.Err = (&model.Error{Code: model.CodeUnsafe, Message: brokenText(e)}); p.now.Version != p.draft.Base {
		e.Err = &model.Error{Code: model.CodeConflict, Message: staleText(e, holds, rest)}
	}
	return e
}

// leftOut counts the changes of a draft that are not in a roster which was merged from it.
func leftOut(p *publication, changes []Difference, merged *model.Roster) int {
	type what struct {
		part     Part
		subject  string
		event    int32
		was, now model.SessionKey
		instead  string
	}
	short := func(d *Difference) what { return what{d.Part, d.Subject, d.Event, d.Was, d.Now, d.Instead} }
	there := map[what]bool{} // looked up only
	for _, d := range Diff(p.base, merged) {
		there[short(&d)] = true
	}
	left := 0
	for i := range changes {
		if !there[short(&changes[i])] {
			left++
		}
	}
	return left
}

func staleText(e *StaleError, holds int, rest []Case) string {
	from := fmt.Sprintf("version %d", e.Base)
	if e.Base == 0 {
		from = "before anything was published"
	}
	text := fmt.Sprintf("The plan is out of date and was not published. It was made from %s; version %d was published since. ", from, e.Published.Version)
	switch {
	case len(rest) > 0:
		return text + fmt.Sprintf("What is published breaks %d cases of rules that must hold, such as %s. Plan again.", len(rest), rest[0].Item)
	case holds == 0:
		return text + "None of its changes is left to publish. Plan again."
	}
	return text + fmt.Sprintf("%d of its %d changes still hold. Plan again, or publish what holds.", holds, len(e.Changes))
}

func brokenText(e *StaleError) string {
	const shown = 5
	var some []string
	for _, c := range e.Broken[:min(shown, len(e.Broken))] {
		some = append(some, c.Item)
	}
	return fmt.Sprintf("The plan was not published: it breaks %d cases of rules that must hold, such as %s. Mend them, release them where that is allowed, or plan again.",
		len(e.Broken), strings.Join(some, "; "))
}

// factsSince counts what changed in the facts after a version.
func (s *Service) factsSince(r Reader, version int) ([]KindChange, error) {
	now, v, err := s.currentFacts(r)
	if err != nil || version == v.Version || version == 0 {
		return nil, err
	}
	var then DataVersion
	if err := readEntry(r, KindFacts, "", version, &then); err != nil {
		return nil, err
	}
	was, err := s.factsOf(r, then.Content)
	if err != nil {
		return nil, err
	}
	_, changes := merge(was, now, Kinds())
	var out []KindChange
	for _, k := range changes {
		if k.New+k.Changed+k.Removed > 0 {
			out = append(out, k)
		}
	}
	return out, nil
}

// against finds what is published, and what was when the draft was made. Where the record has nothing, that is what the
// region's files say of the week, or nothing at all.
func (s *Service) against(r Reader, p *publication) error {
	var err error
	nothing := &model.Roster{Region: p.sn.Region, Week: p.draft.Week}
	if p.current, p.now, err = s.published(r, p.draft.Week, 0); err != nil {
		return err
	}
	if p.current == nil {
		if p.current = p.sn.Published; p.current == nil {
			p.current = nothing
		}
	}
	switch {
	case p.draft.Base == p.now.Version:
		p.base = p.current
	case p.draft.Base == 0:
		p.base = nothing
	default:
		p.base, _, err = s.published(r, p.draft.Week, p.draft.Base)
	}
	return err
}

// waiving gives the snapshot with more waivers.
func waiving(sn *model.Snapshot, more []model.Waiver) *model.Snapshot {
	if len(more) == 0 {
		return sn
	}
	x := *sn
	x.Waivers = withWaivers(sn.Waivers, more)
	return &x
}

// publish writes a checked roster.
func (s *Service) publish(w Writer, who model.Principal, p *publication, reason string) (PublishedPlan, error) {
	r := p.roster.Clone()
	r.Sort()
	r.Region, r.Version = p.sn.Region, p.now.Version+1
	if _, err := p.sn.With(model.PublishRoster{Roster: r}); err != nil { // its form
		return PublishedPlan{}, err
	}
	digest, err := keep(w, r)
	if err != nil {
		return PublishedPlan{}, err
	}
	made := RosterVersion{Week: p.draft.Week, Version: r.Version, Content: digest, Facts: p.facts, Snapshot: p.sn.Digest(), At: s.now(),
		Who: who.Name, Reason: reason, Draft: p.draft.ID, Releases: p.draft.Releases, Waivers: withWaivers(p.now.Waivers, p.draft.Waivers)}
	return PublishedPlan{RosterVersion: made, Changes: len(Diff(p.current, r)), LeftOut: p.left},
		addEntry(w, KindRoster, p.draft.Week.String(), p.now.Version, made)
}
