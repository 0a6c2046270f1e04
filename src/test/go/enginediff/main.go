// Says of pairs of manifest and live object whether Argo CD's engine takes them for different, and
// how many verdicts it reaches per second on one core. bin/bench compare runs it beside ours.
//
//	enginediff PAIRS.jsonl [SECONDS]
//
// Each line of the file is {"name", "timed", "desired", "live"}, both sides being texts of JSON. For
// each line one is printed: {"name", "modified", "error", "perSecond", "perCpuSecond",
// "bytesPerVerdict"}, the rates only for timed pairs. A verdict goes from the bytes of both sides to
// Diff's answer, as ours does.
package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
	"runtime"
	"strconv"
	"syscall"
	"time"

	"github.com/argoproj/gitops-engine/pkg/diff"
	"github.com/go-logr/logr"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
)

const lineMax = 16 << 20

type pair struct {
	Name    string `json:"name"`
	Timed   bool   `json:"timed"`
	Desired string `json:"desired"`
	Live    string `json:"live"`
}

type answer struct {
	Name            string  `json:"name"`
	Modified        bool    `json:"modified"`
	Error           string  `json:"error,omitempty"`
	PerSecond       float64 `json:"perSecond,omitempty"`
	PerCPUSecond    float64 `json:"perCpuSecond,omitempty"`
	BytesPerVerdict float64 `json:"bytesPerVerdict,omitempty"`
}

func main() {
	runtime.GOMAXPROCS(1)
	if len(os.Args) < 2 {
		fail("usage: enginediff PAIRS.jsonl [SECONDS]")
	}
	seconds := 5.0
	if len(os.Args) > 2 {
		parsed, err := strconv.ParseFloat(os.Args[2], 64)
		if err != nil {
			fail("SECONDS must be a number: %v", err)
		}
		seconds = parsed
	}
	file, err := os.Open(os.Args[1])
	if err != nil {
		fail("%v", err)
	}
	defer file.Close()
	lines := bufio.NewScanner(file)
	lines.Buffer(nil, lineMax)
	out := json.NewEncoder(os.Stdout)
	for lines.Scan() {
		var each pair
		if err := json.Unmarshal(lines.Bytes(), &each); err != nil {
			fail("%v", err)
		}
		if err := out.Encode(answered(each, time.Duration(seconds*float64(time.Second)))); err != nil {
			fail("%v", err)
		}
	}
	if err := lines.Err(); err != nil {
		fail("%v", err)
	}
}

func answered(each pair, length time.Duration) answer {
	desired, live := []byte(each.Desired), []byte(each.Live)
	modified, err := verdict(desired, live)
	result := answer{Name: each.Name, Modified: modified}
	if err != nil {
		result.Error = err.Error()
		return result
	}
	if each.Timed {
		repeat(desired, live, length/4) // warms caches and the heap up
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		cpu, start := used(), time.Now()
		count := repeat(desired, live, length)
		wall, spent := time.Since(start), used()-cpu
		runtime.ReadMemStats(&after)
		result.PerSecond = float64(count) / wall.Seconds()
		result.PerCPUSecond = float64(count) / spent.Seconds()
		result.BytesPerVerdict = float64(after.TotalAlloc-before.TotalAlloc) / float64(count)
	}
	return result
}

func repeat(desired, live []byte, length time.Duration) int {
	count := 0
	for start := time.Now(); time.Since(start) < length; count++ {
		if _, err := verdict(desired, live); err != nil {
			fail("%v", err)
		}
	}
	return count
}

// The engine's own defaults, as Argo CD calls it, without any rule that ignores a field.
func verdict(desired, live []byte) (bool, error) {
	config, actual := &unstructured.Unstructured{}, &unstructured.Unstructured{}
	if err := config.UnmarshalJSON(desired); err != nil {
		return false, err
	}
	if err := actual.UnmarshalJSON(live); err != nil {
		return false, err
	}
	result, err := diff.Diff(config, actual,
		diff.WithNormalizer(diff.GetNoopNormalizer()), diff.WithLogr(logr.Discard()))
	if err != nil {
		return false, err
	}
	return result.Modified, nil
}

func used() time.Duration {
	var usage syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &usage); err != nil {
		fail("%v", err)
	}
	return time.Duration(usage.Utime.Nano() + usage.Stime.Nano())
}

func fail(format string, arguments ...any) {
	fmt.Fprintf(os.Stderr, "enginediff: "+format+"\n", arguments...)
	os.Exit(1)
}
