// Command yamlgolden writes a corpus of YAML documents with what sigs.k8s.io/yaml makes of each, and
// of streams with how k8s.io/apimachinery cuts them into documents. One JSON object a line.
package main

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"encoding/json"
	"fmt"
	"io"
	"math/rand"
	"os"
	"strings"

	apiyaml "k8s.io/apimachinery/pkg/util/yaml"
	"sigs.k8s.io/yaml"
)

// A document with merge keys is read leniently, because strict reading also refuses a key that
// overrides a merged one, which is what merge keys are for. All others are read strictly.
type line struct {
	Name     string            `json:"name"`
	Text     string            `json:"text"`
	JSON     json.RawMessage   `json:"json,omitempty"`
	Error    bool              `json:"error,omitempty"`
	Stream   bool              `json:"stream,omitempty"`
	Document []json.RawMessage `json:"documents,omitempty"`
}

func convert(text string) (json.RawMessage, bool) {
	read := yaml.YAMLToJSONStrict
	if strings.Contains(text, "<<") {
		read = yaml.YAMLToJSON
	}
	out, err := read([]byte(text))
	if err != nil {
		return nil, true
	}
	return out, false
}

func document(name, text string) line {
	out, failed := convert(text)
	return line{Name: name, Text: text, JSON: out, Error: failed}
}

// stream cuts with the reader that kubectl uses; an unreadable document is the string "error".
func stream(name, text string) line {
	l := line{Name: name, Text: text, Stream: true}
	reader := apiyaml.NewYAMLReader(bufio.NewReader(strings.NewReader(text)))
	for {
		part, err := reader.Read()
		if err == io.EOF {
			return l
		}
		if err != nil {
			l.Error = true
			return l
		}
		out, failed := convert(string(part))
		if failed {
			out = json.RawMessage(`"error"`)
		}
		if !bytes.Equal(out, []byte("null")) {
			l.Document = append(l.Document, out)
		}
	}
}

func main() {
	var lines []line
	lines = append(lines, zoo()...)
	lines = append(lines, numbers(rand.New(rand.NewSource(1)))...)
	lines = append(lines, shapes()...)
	lines = append(lines, random(rand.New(rand.NewSource(2)))...)
	lines = append(lines, mutations(rand.New(rand.NewSource(3)), lines, 15000)...)
	lines = append(lines, streams()...)
	out := gzip.NewWriter(os.Stdout)
	encoder := json.NewEncoder(out)
	encoder.SetEscapeHTML(false)
	for _, l := range lines {
		if err := encoder.Encode(l); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
	}
	if err := out.Close(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	fmt.Fprintln(os.Stderr, len(lines), "lines")
}
