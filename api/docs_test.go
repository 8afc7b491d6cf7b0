package api_test

import (
	"bytes"
	"encoding/base64"
	"encoding/binary"
	"encoding/json"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"google.golang.org/protobuf/reflect/protoreflect"

	"github.com/communitypayback/payback/api"
	"github.com/communitypayback/payback/api/exchange"
	paybackv1 "github.com/communitypayback/payback/api/gen/payback/v1"
	"github.com/communitypayback/payback/benchmarks/instance"
	"github.com/communitypayback/payback/model"
)

var (
	blocks     = regexp.MustCompile("(?s)```sh\n(.*?)```")
	address    = regexp.MustCompile(`localhost:8080(/\S+)`)
	headers    = regexp.MustCompile(`-H '([^:]+): ([^']*)'`)
	body       = regexp.MustCompile(`(?s)(?:-d |body=)'(\{.*?\})'\s`)
	packedBook = `'"$(base64 -w0 region.xlsx)"'`
)

// TestEveryExampleOfThePageWorks runs the page from top to bottom. What a reader would copy from an answer is taken from it.
func TestEveryExampleOfThePageWorks(t *testing.T) {
	t.Parallel()
	searches(t)
	page, err := os.ReadFile("../docs/api.md")
	require.NoError(t, err)
	url := served(t, newOffice(t), api.Options{})
	copied := map[string]string{packedBook: workbook(t)}
	called := map[string]bool{}
	for _, block := range blocks.FindAllStringSubmatch(string(page), -1) {
		path := address.FindStringSubmatch(block[1])[1]
		found := body.FindStringSubmatch(block[1])
		require.NotNil(t, found, block[1])
		text := found[1]
		for from, to := range copied {
			text = strings.ReplaceAll(text, from, to)
		}
		require.NotContains(t, text, "$", "nothing before this tells it")
		answer := example(t, url+path, headers.FindAllStringSubmatch(block[1], -1), text)
		called[path] = true
		take(copied, answer)
	}
	for _, file := range []protoreflect.FileDescriptor{
		paybackv1.File_payback_v1_roster_proto, paybackv1.File_payback_v1_plan_proto, paybackv1.File_payback_v1_data_proto,
		paybackv1.File_payback_v1_explain_proto, paybackv1.File_payback_v1_people_proto,
		paybackv1.File_payback_v1_recommend_proto, paybackv1.File_payback_v1_repair_proto,
		paybackv1.File_payback_v1_night_proto, paybackv1.File_payback_v1_run_proto, paybackv1.File_payback_v1_backlog_proto,
	} {
		service := file.Services().Get(0)
		for i := range service.Methods().Len() {
			require.Contains(t, called, "/"+string(service.FullName())+"/"+string(service.Methods().Get(i).Name()), "it has no example")
		}
	}
}

func workbook(t *testing.T) string {
	t.Helper()
	f, err := instance.Make(instance.Spec{People: 40, Seed: 1, Week: week})
	require.NoError(t, err)
	path := filepath.Join(t.TempDir(), "region.xlsx")
	require.NoError(t, exchange.WriteWorkbook(path, f))
	raw, err := os.ReadFile(path)
	require.NoError(t, err)
	return base64.StdEncoding.EncodeToString(raw)
}

// example sends what an example sends, and gives its answer, which must be a good one.
func example(t *testing.T, url string, headers [][]string, text string) string {
	t.Helper()
	sent := []byte(text)
	stream := strings.Contains(headers[0][2], "connect+json")
	if stream {
		require.Less(t, len(sent), 256)
		sent = append(binary.BigEndian.AppendUint32([]byte{0}, uint32(len(sent))), sent...)
	}
	r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, url, bytes.NewReader(sent))
	require.NoError(t, err)
	for _, h := range headers {
		r.Header.Set(h[1], h[2])
	}
	resp, err := http.DefaultClient.Do(r)
	require.NoError(t, err)
	defer resp.Body.Close()
	raw, err := io.ReadAll(resp.Body)
	require.NoError(t, err)
	require.Equal(t, http.StatusOK, resp.StatusCode, "%s: %s", url, raw)
	if stream {
		require.Contains(t, string(raw), `"last":true`)
		require.NotContains(t, string(raw), `"error"`)
		return "{}"
	}
	return string(raw)
}

// take remembers what later examples use of an answer.
func take(copied map[string]string, answer string) {
	var m struct {
		Plan struct {
			PlanID  string
			Version int
		}
		Roster struct {
			Appointments []struct{ CRN, Session string }
		}
		Runs  []struct{ Run string }
		Night struct{ Night string }
	}
	if json.Unmarshal([]byte(answer), &m) != nil {
		return
	}
	if m.Plan.PlanID != "" {
		copied[`'"$PLAN"'`], copied[`'"$VERSION"'`] = m.Plan.PlanID, strconv.Itoa(m.Plan.Version)
	}
	if len(m.Runs) > 0 {
		copied[`'"$RUN"'`] = m.Runs[0].Run
	}
	if m.Night.Night != "" {
		copied[`'"$NIGHT"'`] = m.Night.Night
	}
	if len(m.Roster.Appointments) > 0 {
		copied[`'"$CRN"'`], copied[`'"$SESSION"'`] = m.Roster.Appointments[0].CRN, m.Roster.Appointments[0].Session
	}
}

func TestThePageHasEveryReasonWithItsCode(t *testing.T) {
	t.Parallel()
	page, err := os.ReadFile("../docs/api.md")
	require.NoError(t, err)
	row := func(err error) string {
		refusal, reason, _ := told(t, api.Refusal(err))
		return "| `" + reason + "` | `" + refusal.Code().String() + "` |"
	}
	require.Contains(t, string(page), row(stale(model.CodeConflict)))
	for _, code := range codes(t) {
		require.Contains(t, string(page), row(model.Errorf(code, "x")))
	}
	for name := range paybackv1.Reason_value {
		if name != "REASON_UNSPECIFIED" {
			require.Contains(t, string(page), "`"+strings.TrimPrefix(name, "REASON_")+"`")
		}
	}
}
