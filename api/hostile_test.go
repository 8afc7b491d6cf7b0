package api_test

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"io"
	"net/http"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"google.golang.org/protobuf/encoding/protowire"
	"google.golang.org/protobuf/reflect/protoreflect"

	"github.com/communitypayback/payback/api"
	paybackv1 "github.com/communitypayback/payback/api/gen/payback/v1"
)

// post sends a body as it is, and gives the status and the answer.
func post(t require.TestingT, url, method, kind, packing string, body io.Reader) (int, string) {
	r, err := http.NewRequest(http.MethodPost, url+"/payback.v1."+method, body) //nolint:noctx // ends with the server
	require.NoError(t, err)
	r.Header.Set("Content-Type", kind)
	if packing != "" {
		r.Header.Set("Content-Encoding", packing)
	}
	resp, err := http.DefaultClient.Do(r)
	require.NoError(t, err)
	defer resp.Body.Close()
	raw, err := io.ReadAll(resp.Body)
	require.NoError(t, err)
	return resp.StatusCode, string(raw)
}

func TestValuesThatAreMalformedAreRefusedAndNeverRepeated(t *testing.T) {
	t.Parallel()
	url := served(t, &fake{regions: []string{"R1"}}, api.Options{})
	const secret = "Hidden"
	long := strings.Repeat(secret, 10_000)
	for name, c := range map[string]struct{ method, body string }{
		"a week of another form":      {"RosterService/GetRoster", `{"week":"Hidden"}`},
		"a week that does not exist":  {"RosterService/GetRoster", `{"week":"2026-W60"}`},
		"a number that is text":       {"RosterService/GetRoster", `{"week":"2026-W49","version":"Hidden"}`},
		"a number out of range":       {"RosterService/GetRoster", `{"week":"2026-W49","version":99999999999}`},
		"a number that is none":       {"RosterService/GetRoster", `{"week":"2026-W49","version":"NaN"}`},
		"a negative version":          {"RosterService/GetRoster", `{"week":"2026-W49","version":-1}`},
		"a fraction":                  {"RosterService/GetRoster", `{"week":"2026-W49","version":1.5}`},
		"right-to-left text":          {"RosterService/GetRoster", `{"week":"2026-W49","region":"Hidden\u202e"}`},
		"zero-width text":             {"RosterService/GetRoster", `{"week":"2026-W49","region":"Hid\u200bden"}`},
		"a line end":                  {"RosterService/GetRoster", `{"week":"2026-W49","region":"Hidden\n"}`},
		"half a surrogate":            {"RosterService/GetRoster", `{"week":"2026-W49","region":"Hidden\ud800"}`},
		"no text at all":              {"RosterService/GetRoster", "{\"week\":\"2026-W49\",\"region\":\"Hidden\xff\"}"},
		"a huge text":                 {"RosterService/GetRoster", `{"week":"2026-W49","region":"` + long + `"}`},
		"a field there is not":        {"RosterService/GetRoster", `{"week":"2026-W49","Hidden":1}`},
		"a field twice":               {"RosterService/GetRoster", `{"week":"2026-W49","week":"Hidden"}`},
		"a list instead of a message": {"RosterService/GetRoster", `["Hidden"]`},
		"no JSON":                     {"RosterService/GetRoster", `Hidden`},
		"deep nesting":                {"RosterService/GetRoster", strings.Repeat(`{"Hidden":`, 10_000) + "1" + strings.Repeat("}", 10_000)},
		"deep lists":                  {"RosterService/GetRoster", `{"week":` + strings.Repeat("[", 100_000)},
		"a million elements":          {"PlanService/EditPlan", `{"edits":[` + strings.Repeat("{},", 300_000) + `{}]}`},
		"an enum there is not":        {"PlanService/GetPlan", `{"planId":"p_1","view":77}`},
		"a name with a folder":        {"DataService/CheckImport", `{"files":[{"name":"../Hidden.csv"}]}`},
		"too many files":              {"DataService/CheckImport", `{"files":[` + strings.Repeat(`{"name":"Hidden"},`, 50) + `{"name":"x"}]}`},
		"no base64":                   {"DataService/CheckImport", `{"files":[{"name":"people.csv","content":"Hidden!"}]}`},
		"a session that is none":      {"RosterService/GetSession", `{"session":"Hidden"}`},
		"a session on no day":         {"RosterService/GetSession", `{"session":"CT01/2026-02-30/09:00"}`},
		"a person who is none":        {"RosterService/ListAppointments", `{"week":"2026-W49","crn":"Hidden"}`},
		"a page that is too large":    {"RosterService/ListAppointments", `{"week":"2026-W49","pageSize":1001}`},
		"an edit of nothing":          {"PlanService/EditPlan", `{"planId":"p_1","version":1,"requestId":"` + uuid(1) + `","edits":[{}]}`},
	} {
		status, answer := post(t, url, c.method, "application/json", "", strings.NewReader(c.body))
		require.Equal(t, http.StatusBadRequest, status, "%s: %s", name, answer)
		require.Contains(t, answer, `"code":"invalid_argument"`, name)
		require.Contains(t, answer, "google.rpc.ErrorInfo", name)
		require.Contains(t, answer, "google.rpc.BadRequest", name)
		require.NotContains(t, answer, secret, name)
		require.NotContains(t, answer, "2026-W60", name)
		require.Less(t, len(answer), 5000, name)
	}
}

func TestMessagesInBinaryThatAreMalformedAreRefused(t *testing.T) {
	t.Parallel()
	url := served(t, &fake{regions: []string{"R1"}}, api.Options{})
	text := func(n protowire.Number, s string) []byte {
		return protowire.AppendString(protowire.AppendTag(nil, n, protowire.BytesType), s)
	}
	for name, body := range map[string][]byte{
		"cut off":              text(2, "2026-W49")[:5],
		"no UTF-8":             text(1, "\xff\xfe"),
		"noise":                {0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff},
		"a million fields":     bytes.Repeat(text(2, ""), 300_000),
		"a group without end":  bytes.Repeat([]byte{0x0b}, 100_000),
		"our own mark, forged": append(text(2, "Hidden"), protowire.AppendVarint(protowire.AppendTag(nil, 100_001, protowire.VarintType), 99)...),
	} {
		status, answer := post(t, url, "RosterService/GetRoster", "application/proto", "", bytes.NewReader(body))
		require.Equal(t, http.StatusBadRequest, status, "%s: %s", name, answer)
		require.Contains(t, answer, "google.rpc.BadRequest", name)
		require.NotContains(t, answer, "Hidden")
	}
}

// Memory and time of what is refused are bounded: a buffer that grows to 32 MiB allocates a few times that on the way, and
// nothing is read to its end only to say how long it was.
func TestHugeRequestsAreRefusedWithoutMuchMemory(t *testing.T) {
	url := served(t, &fake{regions: []string{"R1"}}, api.Options{})
	zeros := packed(t, 1<<29)
	require.Less(t, len(zeros), 32<<20)
	elements := bytes.Repeat([]byte{0x12, 0x00}, 15<<20)
	for name, c := range map[string]struct {
		method, kind, packing string
		body                  []byte
		status                int
	}{
		"a gzip bomb for a small method":   {"RosterService/GetRoster", "application/proto", "gzip", zeros[:min(len(zeros), 1<<20)], http.StatusTooManyRequests},
		"a gzip bomb of files":             {"DataService/CheckImport", "application/proto", "gzip", zeros, http.StatusTooManyRequests},
		"more than a megabyte":             {"PlanService/EditPlan", "application/json", "", bytes.Repeat([]byte(" "), 2<<20), http.StatusTooManyRequests},
		"more than 32 MiB of files":        {"DataService/CheckImport", "application/proto", "", make([]byte, 33<<20), http.StatusTooManyRequests},
		"millions of files without a byte": {"DataService/CheckImport", "application/proto", "", elements, http.StatusBadRequest},
	} {
		var before, after runtime.MemStats
		runtime.GC()
		runtime.ReadMemStats(&before)
		began := time.Now()
		status, answer := post(t, url, c.method, c.kind, c.packing, bytes.NewReader(c.body))
		took := time.Since(began)
		runtime.ReadMemStats(&after)
		require.Equal(t, c.status, status, "%s: %s", name, answer)
		require.Less(t, int64(after.TotalAlloc-before.TotalAlloc), int64(320<<20), name)
		require.Less(t, took, 20*time.Second, name) // with the race detector, on a busy machine
		t.Logf("%s: %v, %d MiB allocated", name, took.Round(time.Millisecond), (after.TotalAlloc-before.TotalAlloc)>>20)
	}
}

func packed(t *testing.T, n int) []byte {
	t.Helper()
	var b bytes.Buffer
	w, err := gzip.NewWriterLevel(&b, gzip.BestSpeed)
	require.NoError(t, err)
	block := make([]byte, 1<<20)
	for range n / len(block) {
		_, err := w.Write(block)
		require.NoError(t, err)
	}
	require.NoError(t, w.Close())
	return b.Bytes()
}

// TestEveryFieldThatIsSentHasALimit walks the requests, so that a new field cannot be forgotten.
func TestEveryFieldThatIsSentHasALimit(t *testing.T) {
	t.Parallel()
	checked := 0
	var walk func(m protoreflect.MessageDescriptor, path string)
	walk = func(m protoreflect.MessageDescriptor, path string) {
		require.Equal(t, "payback.v1", string(m.ParentFile().Package()), path)
		for i := range m.Fields().Len() {
			f := m.Fields().Get(i)
			rules := fmt.Sprint(f.Options())
			at := path + "." + string(f.Name())
			switch {
			case f.IsList():
				require.Contains(t, rules, "max_items", at)
				require.True(t, strings.HasSuffix(string(m.Name()), "Request"), "%s: the codec counts the elements of the outermost lists only", at)
			case f.Kind() == protoreflect.StringKind:
				require.Contains(t, rules, "pattern", at)
				require.True(t, strings.Contains(rules, "max_len") || !strings.Contains(rules, "]*$"), at)
			}
			if f.Kind() == protoreflect.MessageKind {
				walk(f.Message(), at)
			}
			checked++
		}
	}
	services := []protoreflect.FileDescriptor{
		paybackv1.File_payback_v1_roster_proto, paybackv1.File_payback_v1_plan_proto, paybackv1.File_payback_v1_data_proto,
		paybackv1.File_payback_v1_explain_proto, paybackv1.File_payback_v1_people_proto,
	}
	for _, file := range services {
		methods := file.Services().Get(0).Methods()
		for i := range methods.Len() {
			m := methods.Get(i)
			require.NotContains(t, fmt.Sprint(m.Options()), "idempotency_level", "a message in an address would put CRNs into the logs of proxies")
			require.NotNil(t, m.Input().Fields().ByName("region"), m.FullName())
			walk(m.Input(), string(m.Name()))
		}
	}
	require.Greater(t, checked, 80)
}
