package redisstore_test

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"math/big"
	"net"
	"os"
	"path/filepath"
	"strconv"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/scheduler/redistest"
)

func TestARecordOverTLSTrustsTheCertificatesThatAreGiven(t *testing.T) {
	t.Parallel()
	cert, key := certificate(t)
	other, _ := certificate(t)
	secure := strconv.Itoa(redistest.FreePort(t))
	redistest.Start(t, "tls-port", secure, "tls-cert-file", cert, "tls-key-file", key, "tls-ca-cert-file", cert, "tls-auth-clients", "no")
	s := open(t, "rediss://127.0.0.1:"+secure+"?ca="+cert)
	fill(t, s)
	require.NoError(t, s.Verify(t.Context()))
	for _, options := range []string{"", "?ca=" + other} {
		_, err := opened("rediss://127.0.0.1:"+secure+options, hasty)
		requireCode(t, model.CodeUnavailable, err)
	}
	_, err := opened("redis://127.0.0.1:"+secure, hasty)
	requireCode(t, model.CodeUnavailable, err)
}

func TestAServerThatSaysNothingIsUnavailable(t *testing.T) {
	t.Parallel()
	silent, err := (&net.ListenConfig{}).Listen(t.Context(), "tcp", "127.0.0.1:0") // it takes connections, and that is all
	require.NoError(t, err)
	defer silent.Close()
	for _, scheme := range []string{"redis://", "rediss://", "redis+cluster://"} {
		_, err := opened(scheme+silent.Addr().String(), hasty)
		requireCode(t, model.CodeUnavailable, err)
	}
}

// certificate makes one for this machine that is its own authority, and gives the files of it and of its key.
func certificate(t *testing.T) (cert, key string) {
	t.Helper()
	private, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	require.NoError(t, err)
	is := &x509.Certificate{
		SerialNumber: big.NewInt(time.Now().UnixNano()), Subject: pkix.Name{CommonName: "a test"}, NotAfter: time.Now().Add(time.Hour),
		IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)}, IsCA: true, BasicConstraintsValid: true,
	}
	der, err := x509.CreateCertificate(rand.Reader, is, is, &private.PublicKey, private)
	require.NoError(t, err)
	secret, err := x509.MarshalPKCS8PrivateKey(private)
	require.NoError(t, err)
	dir := t.TempDir()
	cert, key = filepath.Join(dir, "cert.pem"), filepath.Join(dir, "key.pem")
	require.NoError(t, os.WriteFile(cert, pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der}), 0o600))
	require.NoError(t, os.WriteFile(key, pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: secret}), 0o600))
	return cert, key
}
