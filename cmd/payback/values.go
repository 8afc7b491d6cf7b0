package main

import (
	"reflect"
	"strconv"
	"time"

	"github.com/alecthomas/kong"

	"github.com/communitypayback/payback/model"
)

// maxCount is the largest number a flag takes.
const maxCount = 1_000_000_000

// valueMappers reads the values of flags that are not text, and says in words what it expected.
func valueMappers() kong.Option {
	return kong.OptionFunc(func(k *kong.Kong) error {
		for _, o := range []kong.Option{
			kong.KindMapper(reflect.Int, kong.MapperFunc(readCount)),
			kong.KindMapper(reflect.Uint64, kong.MapperFunc(readSeed)),
			kong.TypeMapper(reflect.TypeFor[time.Duration](), kong.MapperFunc(readDuration)),
		} {
			if err := o.Apply(k); err != nil {
				return err
			}
		}
		return nil
	})
}

func readCount(ctx *kong.DecodeContext, target reflect.Value) error {
	s := raw(ctx)
	n, err := strconv.Atoi(s)
	if err != nil || n < 0 || n > maxCount {
		return model.Errorf(model.CodeUsage, "--%s: found %q; expected a whole number from 0 to %s.", ctx.Value.Name, s, thousands(maxCount))
	}
	target.SetInt(int64(n))
	return nil
}

func readSeed(ctx *kong.DecodeContext, target reflect.Value) error {
	s := raw(ctx)
	n, err := strconv.ParseUint(s, 10, 64)
	if err != nil {
		return model.Errorf(model.CodeUsage, "--%s: found %q; expected a whole number such as 1.", ctx.Value.Name, s)
	}
	target.SetUint(n)
	return nil
}

func readDuration(ctx *kong.DecodeContext, target reflect.Value) error {
	s := raw(ctx)
	d, err := time.ParseDuration(s)
	if err != nil || d <= 0 || d > 24*time.Hour {
		return model.Errorf(model.CodeUsage, "--%s: found %q; expected a length of time such as 60s or 5m, at most 24h.", ctx.Value.Name, s)
	}
	target.SetInt(int64(d))
	return nil
}

// raw takes the next word of the command line as it was written.
func raw(ctx *kong.DecodeContext) string {
	t := ctx.Scan.Pop()
	if s, ok := t.Value.(string); ok {
		return s
	}
	return t.String()
}
