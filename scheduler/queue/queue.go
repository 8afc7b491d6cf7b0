package queue

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/hibiken/asynq"

	"github.com/communitypayback/payback/scheduler"
)

// Queue is a [scheduler.Engine] on a Redis. It may be used by several goroutines, and any number of processes may use one.
type Queue struct {
	at     asynq.RedisConnOpt
	record string
	client *asynq.Client
}

var _ scheduler.Engine = (*Queue)(nil)

// shares says how the ranks share the workers while there is work of each.
var shares = map[scheduler.Rank]int{scheduler.RankAsked: 6, scheduler.RankNight: 3, scheduler.RankWhatIf: 1}

// kind is the only kind of task there is.
const kind = "run"

const (
	// atOnce is how long a request waits for the queue to take a task.
	atOnce = 2 * time.Second
	// longest is how long a task may be under way: longer than any run.
	longest = 24 * time.Hour
	// deaths is how often a task is given out anew. Those of its workers do not count, see [Queue.Work].
	deaths = 25
)

// Open gives the queue of a record, by its name where one Redis serves several. It connects when it is used.
func Open(at asynq.RedisConnOpt, record string) *Queue {
	return &Queue{at: at, record: record, client: asynq.NewClient(at)}
}

// Close closes the connections of whoever enqueues.
func (q *Queue) Close() error { return q.client.Close() }

// Reach gives an error if the queue cannot be reached.
func (q *Queue) Reach() error { return q.client.Ping() }

// payload is all that is known of a run on its way.
type payload struct {
	Region string `json:"region"`
	Run    string `json:"run"`
}

// Enqueue implements [scheduler.Engine]. A task that the queue has already is not put there again.
func (q *Queue) Enqueue(ctx context.Context, t scheduler.Task) error {
	ctx, stop := context.WithTimeout(context.WithoutCancel(ctx), atOnce) // whoever asked may be gone
	defer stop()
	body, err := json.Marshal(payload{t.Region, t.Run})
	if err != nil {
		return fmt.Errorf("enqueue: %w", err)
	}
	_, err = q.client.EnqueueContext(ctx, asynq.NewTask(kind, body), asynq.Queue(q.name(t.Rank)),
		asynq.TaskID(fmt.Sprintf("%s %s %s", t.Region, t.Run, t.Turn)), asynq.MaxRetry(deaths), asynq.Timeout(longest))
	if errors.Is(err, asynq.ErrTaskIDConflict) {
		return nil
	}
	return err
}

// name gives the name of the queue of a rank.
func (q *Queue) name(r scheduler.Rank) string {
	if q.record == "" {
		return "payback-" + string(r)
	}
	return "payback-" + q.record + "-" + string(r)
}
