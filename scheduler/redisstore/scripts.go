package redisstore

import (
	_ "embed"

	"github.com/redis/go-redis/v9"
)

// The scripts say themselves what they take and give. They are sent with each call or by their SHA-1; nothing is installed
// on the server.
var (
	//go:embed scripts/commit.lua
	commitText string
	//go:embed scripts/settle.lua
	settleText string
	//go:embed scripts/length.lua
	lengthText string
	//go:embed scripts/leave.lua
	leaveText string

	commitScript = redis.NewScript(commitText)
	settleScript = redis.NewScript(settleText)
	lengthScript = redis.NewScript(lengthText)
	leaveScript  = redis.NewScript(leaveText)
)
