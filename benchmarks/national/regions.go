package main

import (
	"context"
	"fmt"

	"github.com/communitypayback/payback/benchmarks/instance"
	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/scheduler"
)

// firstWeek is the coming week of the first night.
var firstWeek = model.Week{Year: 2026, Number: 49}

// regionNumber names a region of a made-up country.
func regionNumber(i int) string { return fmt.Sprintf("Region %02d", i+1) }

// writeRegions keeps the facts of so many regions of so many people, each drawn with a seed of its own.
func writeRegions(ctx context.Context, s *scheduler.Service, regions, people int, seed uint64) error {
	for i := range regions {
		facts, err := instance.Make(instance.Spec{People: people, Seed: seed + uint64(i), Week: firstWeek}) //nolint:gosec // a small number
		if err != nil {
			return err
		}
		facts.Region = regionNumber(i)
		for k := range facts.Teams {
			facts.Teams[k].Region = facts.Region
		}
		if _, err := s.Import(ctx, everybody(), facts.Region, scheduler.ImportRequest{Facts: facts}, scheduler.Command{Key: "import"}); err != nil {
			return fmt.Errorf("%s: %w", facts.Region, err)
		}
	}
	return nil
}
