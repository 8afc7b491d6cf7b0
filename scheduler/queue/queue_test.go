package queue_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/communitypayback/payback/benchmarks/instance"
	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/model/policy"
	"github.com/communitypayback/payback/scheduler"
	"github.com/communitypayback/payback/scheduler/memstore"
	"github.com/communitypayback/payback/scheduler/queue"
	"github.com/communitypayback/payback/scheduler/redisstore"
	"github.com/communitypayback/payback/scheduler/redistest"
	"github.com/communitypayback/payback/solver/constraints"
)

var week = model.Week{Year: 2026, Number: 49}

// office is one of several processes on one record.
type office struct {
	*scheduler.Service
	who    model.Principal
	region string

	mu    sync.Mutex
	began []uint64 // the seeds of its searches
}

// offices gives so many processes, all of which put what is asked for into a queue at an address.
func offices(t *testing.T, url string, many int) []*office {
	t.Helper()
	profile, err := policy.Load(policy.Default)
	require.NoError(t, err)
	f, err := instance.Make(instance.Spec{People: 30, Seed: 3, Week: week})
	require.NoError(t, err)
	record := &memstore.Store{}
	var out []*office
	for range many {
		o := &office{who: model.Principal{Name: "someone", Roles: model.Roles(), Regions: []string{f.Region}}, region: f.Region}
		o.Service = &scheduler.Service{Record: record, Policy: profile, Constraints: constraints.All, Engine: at(t, url),
			Now: func() time.Time { return time.Date(2026, 11, 26, 9, 0, 0, 0, time.UTC) }, Runs: &scheduler.Runs{Search: o.search}}
		out = append(out, o)
	}
	_, err = out[0].Import(t.Context(), out[0].who, f.Region, scheduler.ImportRequest{Facts: f}, scheduler.Command{Key: "import"})
	require.NoError(t, err)
	return out
}

// search places nobody, after a moment.
func (o *office) search(_ context.Context, q scheduler.PlanRequest) (*scheduler.PlanResult, error) {
	o.mu.Lock()
	o.began = append(o.began, q.Seed)
	o.mu.Unlock()
	time.Sleep(50 * time.Millisecond)
	return &scheduler.PlanResult{Roster: &model.Roster{Region: q.Snapshot.Region, Week: q.Snapshot.Week, From: q.Snapshot.Digest()}, Why: "it was asked to"}, nil
}

func (o *office) seeds() []uint64 {
	o.mu.Lock()
	defer o.mu.Unlock()
	return slices.Clone(o.began)
}

func at(t *testing.T, url string) *queue.Queue {
	t.Helper()
	a, err := redisstore.ParseAddress(url)
	require.NoError(t, err)
	c, err := redisstore.Connect(redisstore.Options{Address: a, Timeout: time.Second})
	require.NoError(t, err)
	q := queue.Open(c, a.Record)
	t.Cleanup(func() { _ = q.Close() })
	return q
}

// works has an office carry out what the queue gives, until the test or the returned function ends it.
func (o *office) works(t *testing.T) (end func()) {
	t.Helper()
	w, err := o.Engine.(*queue.Queue).Work(scheduler.Worker{Office: o.Service}, queue.Options{Failed: func(region string, err error) { t.Errorf("%s: %v", region, err) }})
	require.NoError(t, err)
	end = sync.OnceFunc(func() {
		w.Stop()
		require.NoError(t, o.Runs.Close(context.Background()))
		w.Close()
	})
	t.Cleanup(end)
	return end
}

func (o *office) ask(t *testing.T, seed uint64) scheduler.Draft {
	t.Helper()
	d, err := o.CreatePlan(t.Context(), o.who, o.region, scheduler.RunRequest{Week: week, Seed: seed, Rounds: 1}, scheduler.Command{Key: fmt.Sprint(seed)})
	require.NoError(t, err)
	return d
}

func (o *office) ready(t *testing.T, d scheduler.Draft) {
	t.Helper()
	limited, stop := context.WithTimeout(t.Context(), 30*time.Second)
	defer stop()
	d, err := o.WaitPlan(limited, o.who, o.region, d.ID)
	require.NoError(t, err)
	require.Equal(t, scheduler.Ready, d.State)
}

// once expects that each search was made by one of the offices.
func once(t *testing.T, all []*office, many int) {
	t.Helper()
	var seeds []uint64
	for _, o := range all {
		seeds = append(seeds, o.seeds()...)
	}
	slices.Sort(seeds)
	require.Len(t, seeds, many)
	require.Len(t, slices.Compact(seeds), many)
	runs, err := all[0].RunHistory(t.Context(), all[0].who, all[0].region, 100)
	require.NoError(t, err)
	for _, x := range runs {
		require.Equal(t, scheduler.RunMade, x.State)
		require.Equal(t, 1, x.Attempts)
	}
	_, _, err = all[0].VerifyAudit(t.Context(), all[0].who, all[0].region)
	require.NoError(t, err)
}

func TestSeveralProcessesShareWhatIsAskedForAndEachRunIsMadeOnce(t *testing.T) {
	t.Parallel()
	for name, url := range map[string]func(*testing.T) string{
		"one server":       func(t *testing.T) string { t.Helper(); return redistest.Start(t).URL() },
		"behind Sentinels": func(t *testing.T) string { t.Helper(); return redistest.StartWatched(t, 1).URL("") },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			all := offices(t, url(t), 3)
			var drafts []scheduler.Draft
			for i := range uint64(12) {
				drafts = append(drafts, all[0].ask(t, i))
			}
			for _, o := range all[1:] { // the first leaves it to the others
				o.works(t)
			}
			for _, d := range drafts {
				all[0].ready(t, d)
			}
			once(t, all, 12)
			require.Empty(t, all[0].seeds())
			for _, o := range all[1:] {
				require.NotEmpty(t, o.seeds(), "each has some")
			}
		})
	}
}

func TestTheQueueIsToldOfNobodyAndKeepsNothing(t *testing.T) {
	t.Parallel()
	server := redistest.Start(t)
	all := offices(t, server.URL(), 2)
	d := all[0].ask(t, 1)
	waiting := server.Do("EVAL", `
		redis.call('SELECT', 1)
		local out = ''
		for _, key in ipairs(redis.call('KEYS', 'asynq:{*}:t:*')) do out = out .. redis.call('HGET', key, 'msg') end
		return out`, "0")
	require.Contains(t, waiting, fmt.Sprintf(`{"region":%q,"run":%q}`, all[0].region, d.ID))
	for _, o := range all {
		o.works(t)
	}
	all[0].ready(t, d)
	left := func() string {
		return server.Do("EVAL", `redis.call('SELECT', 1) return #redis.call('KEYS', 'asynq:{*}:t:*')`, "0")
	}
	require.Eventually(t, func() bool { return left() == "0" }, 10*time.Second, 20*time.Millisecond)
}

func TestATaskStandsInTheQueueOnceAndRecordsDoNotMix(t *testing.T) {
	t.Parallel()
	server := redistest.Start(t)
	url := server.URL()
	task := scheduler.Task{Region: "Kent", Run: "p_1", Rank: scheduler.RankNight, Turn: "1.0"}
	again := task
	again.Turn = "5.0"
	mine, other := at(t, url), at(t, url+"?record=other")
	for _, q := range []*queue.Queue{mine, mine, at(t, url), other} {
		require.NoError(t, q.Enqueue(t.Context(), task))
	}
	require.NoError(t, mine.Enqueue(t.Context(), again))
	pending := func(name string) string {
		return server.Do("EVAL", `redis.call('SELECT', 1) return redis.call('LLEN', 'asynq:{`+name+`}:pending')`, "0")
	}
	require.Equal(t, []string{"2", "1"}, []string{pending("payback-night"), pending("payback-other-night")})
}

func TestAQueueThatIsLostWithAllItHoldsCostsATurnOfTheClock(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("it waits for seconds")
	}
	server := redistest.Start(t)
	all := offices(t, server.URL(), 2)
	var drafts []scheduler.Draft
	for i := range uint64(3) {
		drafts = append(drafts, all[0].ask(t, i))
	}
	server.Do("FLUSHALL")
	server.Pause()
	drafts = append(drafts, all[0].ask(t, 3)) // is not in the queue at all
	server.Resume()
	all[1].works(t)
	require.Eventually(t, func() bool {
		n, err := scheduler.Worker{Office: all[1].Service}.TakeUp(t.Context(), all[1].region) // as Cron does every minute
		return err == nil && n == 0
	}, 30*time.Second, 200*time.Millisecond)
	for _, d := range drafts {
		all[0].ready(t, d)
	}
	once(t, all, 4)
}

func TestAQueueGoesOnAfterItsRedisWasKilled(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("it waits for seconds")
	}
	server := redistest.Start(t)
	all := offices(t, server.URL(), 2)
	all[1].works(t)
	all[0].ready(t, all[0].ask(t, 1))
	server.Kill()
	asked := all[0].ask(t, 2)
	server.Again()
	require.Eventually(t, func() bool {
		_, err := scheduler.Worker{Office: all[0].Service}.TakeUp(t.Context(), all[0].region)
		return err == nil && len(all[1].seeds())+len(all[0].seeds()) == 2
	}, 30*time.Second, 200*time.Millisecond)
	all[0].ready(t, asked)
	once(t, all, 2)
}

// failing is a record that cannot be changed some times.
type failing struct {
	scheduler.Record
	with  model.Code
	times atomic.Int32
}

func (f *failing) Update(ctx context.Context, region string, change func(scheduler.Writer) error) error {
	if f.times.Add(-1) >= 0 {
		return model.Errorf(f.with, "it cannot be changed")
	}
	return f.Record.Update(ctx, region, change)
}

func TestWhatCannotBeCarriedOutNowIsGivenOutAgainAndOtherTroubleIsTold(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("it waits for seconds")
	}
	for _, c := range []struct {
		code model.Code
		told int
	}{{model.CodeUnavailable, 0}, {model.CodeInternal, 1}} {
		t.Run(string(c.code), func(t *testing.T) {
			t.Parallel()
			all := offices(t, redistest.Start(t).URL(), 2)
			d := all[0].ask(t, 1)
			record := &failing{Record: all[1].Record, with: c.code}
			record.times.Store(1)
			all[1].Record = record
			told := make(chan error, 10)
			w, err := all[1].Engine.(*queue.Queue).Work(scheduler.Worker{Office: all[1].Service}, queue.Options{Failed: func(_ string, err error) { told <- err }})
			require.NoError(t, err)
			t.Cleanup(w.Close)
			if c.told > 0 {
				require.Error(t, <-told)
				_, err := scheduler.Worker{Office: all[1].Service}.TakeUp(t.Context(), all[1].region) // the queue has done with it
				require.NoError(t, err)
			}
			all[0].ready(t, d)
			require.Empty(t, told)
		})
	}
}

func TestAClusterIsNoPlaceForAQueue(t *testing.T) {
	t.Parallel()
	a, err := redisstore.ParseAddress("redis+cluster://127.0.0.1:1")
	require.NoError(t, err)
	_, err = redisstore.Connect(redisstore.Options{Address: a})
	var e *model.Error
	require.ErrorAs(t, err, &e)
	require.Equal(t, model.CodeUsage, e.Code)
	require.Contains(t, e.Message, "--queue redis://")
}

func TestAUserWithTheRightsOfTheDocumentationMayUseTheQueue(t *testing.T) {
	t.Parallel()
	server := redistest.Start(t)
	server.Do("ACL", "SETUSER", "office", "on", ">secret", "~asynq:*", "&asynq:*", "+@read", "+@write", "+@scripting", "+@connection", "+@pubsub", "+info")
	a, err := redisstore.ParseAddress(strings.Replace(server.URL(), "://", "://office@", 1))
	require.NoError(t, err)
	c, err := redisstore.Connect(redisstore.Options{Address: a, Password: "secret"})
	require.NoError(t, err)
	all := offices(t, server.URL(), 1)
	q := queue.Open(c, "")
	t.Cleanup(func() { _ = q.Close() })
	require.NoError(t, q.Reach())
	all[0].Engine = q
	all[0].works(t)
	all[0].ready(t, all[0].ask(t, 1))
}

func TestARedisThatThrowsTasksAwayIsNotConnectedTo(t *testing.T) {
	t.Parallel()
	q := at(t, redistest.Start(t, "maxmemory-policy", "allkeys-lru").URL())
	require.ErrorContains(t, q.Reach(), "noeviction")
	require.Error(t, q.Enqueue(t.Context(), scheduler.Task{Region: "Kent", Run: "p_1", Rank: scheduler.RankAsked}))
}
