// Command tlogcheck reads a Driftledger log with code that Driftledger did not write:
// the transparency.dev tlog-tiles client, its fsck, and Go's signed notes.
//
// It checks the checkpoint's signature, recomputes every tile and the root from the entries,
// builds inclusion and consistency proofs from the tiles and verifies them, and does the same with
// every stored checkpoint whose size is given.
//
// Usage: tlogcheck <folder or URL> <verifier key> [size of a stored checkpoint]...
package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/transparency-dev/formats/log"
	"github.com/transparency-dev/merkle/proof"
	"github.com/transparency-dev/merkle/rfc6962"
	"github.com/transparency-dev/tessera/api"
	"github.com/transparency-dev/tessera/client"
	"github.com/transparency-dev/tessera/fsck"
	"golang.org/x/mod/sumdb/note"
)

func main() {
	if len(os.Args) < 3 {
		fmt.Fprintln(os.Stderr, "usage: tlogcheck <folder or URL> <verifier key> [size]...")
		os.Exit(2)
	}
	if err := check(context.Background(), os.Args[1], os.Args[2], os.Args[3:]); err != nil {
		fmt.Fprintln(os.Stderr, "tlogcheck:", err)
		os.Exit(1)
	}
}

type place struct {
	fsck.Fetcher
	read func(path string) ([]byte, error)
}

func check(ctx context.Context, where, key string, sizes []string) error {
	at, err := open(where)
	if err != nil {
		return err
	}
	verifier, err := note.NewVerifier(key)
	if err != nil {
		return fmt.Errorf("verifier key: %w", err)
	}
	head, _, _, err := client.FetchCheckpoint(ctx, at.ReadCheckpoint, verifier, verifier.Name())
	if err != nil {
		return fmt.Errorf("checkpoint: %w", err)
	}
	if err := fsck.New(verifier.Name(), verifier, at, leafHashes, fsck.Opts{N: 2}).Check(ctx); err != nil {
		return fmt.Errorf("fsck: %w", err)
	}
	if err := checkInclusion(ctx, at, head); err != nil {
		return err
	}
	for _, size := range sizes {
		if err := checkStored(ctx, at, verifier, head, size); err != nil {
			return fmt.Errorf("checkpoints/%s: %w", size, err)
		}
	}
	fmt.Printf("ok origin=%s size=%d root=%x stored=%d\n", head.Origin, head.Size, head.Hash, len(sizes))
	return nil
}

func open(where string) (place, error) {
	if !strings.HasPrefix(where, "http://") && !strings.HasPrefix(where, "https://") {
		read := func(path string) ([]byte, error) { return os.ReadFile(filepath.Join(where, path)) }
		return place{client.FileFetcher{Root: where}, read}, nil
	}
	root, err := url.Parse(strings.TrimSuffix(where, "/") + "/")
	if err != nil {
		return place{}, err
	}
	fetcher, err := client.NewHTTPFetcher(root, nil)
	if err != nil {
		return place{}, err
	}
	return place{fetcher, func(path string) ([]byte, error) { return get(root.JoinPath(path)) }}, nil
}

func get(from *url.URL) ([]byte, error) {
	answer, err := http.Get(from.String())
	if err != nil {
		return nil, err
	}
	defer func() { _ = answer.Body.Close() }()
	if answer.StatusCode != http.StatusOK {
		return nil, fmt.Errorf("%s: %s", from, answer.Status)
	}
	return io.ReadAll(io.LimitReader(answer.Body, 1<<20))
}

func leafHashes(bundle []byte) ([][]byte, error) {
	var entries api.EntryBundle
	if err := entries.UnmarshalText(bundle); err != nil {
		return nil, err
	}
	hashes := make([][]byte, 0, len(entries.Entries))
	for _, entry := range entries.Entries {
		hashes = append(hashes, rfc6962.DefaultHasher.HashLeaf(entry))
	}
	return hashes, nil
}

// checkInclusion proves about a hundred entries, the first and the last among them.
func checkInclusion(ctx context.Context, at place, head *log.Checkpoint) error {
	if head.Size == 0 {
		return nil
	}
	builder, err := client.NewProofBuilder(ctx, head.Size, at.ReadTile)
	if err != nil {
		return err
	}
	step := max(1, head.Size/100)
	for index := uint64(0); index < head.Size; index += step {
		if err := checkEntry(ctx, at, builder, head, index); err != nil {
			return fmt.Errorf("entry %d: %w", index, err)
		}
	}
	return checkEntry(ctx, at, builder, head, head.Size-1)
}

func checkEntry(
	ctx context.Context, at place, builder *client.ProofBuilder, head *log.Checkpoint, index uint64,
) error {
	bundle, err := client.GetEntryBundle(ctx, at.ReadEntryBundle, index/256, head.Size)
	if err != nil {
		return err
	}
	if index%256 >= uint64(len(bundle.Entries)) {
		return errors.New("is not in its bundle")
	}
	path, err := builder.InclusionProof(ctx, index)
	if err != nil {
		return err
	}
	leaf := rfc6962.DefaultHasher.HashLeaf(bundle.Entries[index%256])
	return proof.VerifyInclusion(rfc6962.DefaultHasher, index, head.Size, leaf, path, head.Hash)
}

func checkStored(
	ctx context.Context, at place, verifier note.Verifier, head *log.Checkpoint, size string,
) error {
	want, err := strconv.ParseUint(size, 10, 64)
	if err != nil {
		return err
	}
	raw, err := at.read("checkpoints/" + size)
	if err != nil {
		return err
	}
	stored, rest, _, err := log.ParseCheckpoint(raw, verifier.Name(), verifier)
	if err != nil {
		return err
	}
	if stored.Size != want || len(bytes.TrimSpace(rest)) != 0 {
		return fmt.Errorf("is of size %d, with %d bytes of extensions", stored.Size, len(rest))
	}
	builder, err := client.NewProofBuilder(ctx, head.Size, at.ReadTile)
	if err != nil {
		return err
	}
	path, err := builder.ConsistencyProof(ctx, stored.Size, head.Size)
	if err != nil {
		return err
	}
	return proof.VerifyConsistency(
		rfc6962.DefaultHasher, stored.Size, head.Size, path, stored.Hash, head.Hash)
}
