package gen_test

import (
	"bytes"
	"flag"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	_ "buf.build/gen/go/bufbuild/protovalidate/protocolbuffers/go/buf/validate" // buf/validate/validate.proto is read from it
	"github.com/bufbuild/protocompile"
	"github.com/stretchr/testify/require"
	_ "google.golang.org/grpc/health/grpc_health_v1" // grpc/health/v1/health.proto is read from it
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/reflect/protodesc"
	"google.golang.org/protobuf/reflect/protoreflect"
	"google.golang.org/protobuf/reflect/protoregistry"
	"google.golang.org/protobuf/types/descriptorpb"
	"google.golang.org/protobuf/types/pluginpb"
)

const (
	source = "../proto"
	prefix = "github.com/communitypayback/payback/api/gen/"

	// health is the one definition that is not ours. We generate our own package from it, because the published one brings a
	// second server along, and a program that links both has the definition twice and does not start.
	health = "grpc/health/v1/health.proto"
)

var update = flag.Bool("update", false, "write the generated code again")

func TestGeneratedCodeIsCurrent(t *testing.T) {
	t.Parallel()
	want := generate(t)
	require.NotEmpty(t, want)
	if *update {
		for name, content := range want {
			require.NoError(t, os.MkdirAll(filepath.Dir(name), 0o750))
			require.NoError(t, os.WriteFile(name, []byte(content), 0o600))
		}
	}
	var there []string
	require.NoError(t, filepath.WalkDir(".", func(path string, d fs.DirEntry, err error) error {
		byHand := d.Name() == "doc.go" || strings.HasSuffix(d.Name(), "_test.go") // a package's documentation, and this test
		if err == nil && !d.IsDir() && !byHand {
			there = append(there, path)
		}
		return err
	}))
	for _, name := range there {
		require.Contains(t, want, name, "nothing generates it any more; remove it")
	}
	for name, content := range want {
		got, err := os.ReadFile(name)
		require.NoError(t, err)
		require.Equal(t, content, string(got), "%s is not what its definition makes; run this test with -update", name)
	}
}

// generate gives the code by file, made without a network: what the definitions import is linked into this test.
func generate(t *testing.T) map[string]string {
	t.Helper()
	names, err := fs.Glob(os.DirFS(source), "payback/v1/*.proto")
	require.NoError(t, err)
	names = append(names, health)
	slices.Sort(names)
	linked := protocompile.ResolverFunc(func(path string) (protocompile.SearchResult, error) {
		f, err := protoregistry.GlobalFiles.FindFileByPath(path)
		if err != nil {
			return protocompile.SearchResult{}, err
		}
		return protocompile.SearchResult{Proto: protodesc.ToFileDescriptorProto(f)}, nil
	})
	compiler := protocompile.Compiler{
		Resolver: protocompile.WithStandardImports(protocompile.CompositeResolver{
			&protocompile.SourceResolver{ImportPaths: []string{source}}, linked,
		}),
		SourceInfoMode: protocompile.SourceInfoStandard,
	}
	files, err := compiler.Compile(t.Context(), names...)
	require.NoError(t, err)

	var all []*descriptorpb.FileDescriptorProto
	seen := map[string]bool{}
	var add func(protoreflect.FileDescriptor)
	add = func(f protoreflect.FileDescriptor) { // what a file imports goes before it
		if seen[f.Path()] {
			return
		}
		seen[f.Path()] = true
		for i := range f.Imports().Len() {
			add(f.Imports().Get(i).FileDescriptor)
		}
		all = append(all, protodesc.ToFileDescriptorProto(f))
	}
	for _, f := range files {
		add(f)
	}
	out := map[string]string{}
	places := "module=" + strings.TrimSuffix(prefix, "/") + ",M" + health + "=" + prefix + "grpc/health/v1;healthv1"
	for plugin, parameter := range map[string]string{
		"protoc-gen-go":         places,
		"protoc-gen-connect-go": "simple," + places,
	} {
		run(t, plugin, &pluginpb.CodeGeneratorRequest{FileToGenerate: names, Parameter: &parameter, ProtoFile: all}, out)
	}
	return out
}

// run lets a generator of go.mod's tools answer, and puts its files into out.
func run(t *testing.T, plugin string, request *pluginpb.CodeGeneratorRequest, out map[string]string) {
	t.Helper()
	in, err := proto.MarshalOptions{Deterministic: true}.Marshal(request)
	require.NoError(t, err)
	cmd := exec.CommandContext(t.Context(), "go", "tool", plugin)
	var complaint bytes.Buffer
	cmd.Stdin, cmd.Stderr = bytes.NewReader(in), &complaint
	answer, err := cmd.Output()
	require.NoError(t, err, complaint.String())
	var response pluginpb.CodeGeneratorResponse
	require.NoError(t, proto.Unmarshal(answer, &response))
	require.Empty(t, response.GetError())
	for _, f := range response.GetFile() {
		out[filepath.FromSlash(f.GetName())] = f.GetContent()
	}
}
