// Command jqgolden writes what gojq, the library that Argo CD runs, makes of del(<expression>) for
// each expression and each input of src/test/resources/drift/rules/jq, and all that each expression
// of values.txt gives for the one value of values-input.json.
//
// Run it from the root of the repository:
//
//	(cd src/test/go/jqgolden && go run . ../../resources/drift/rules/jq)
package main

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"time"

	"github.com/itchyny/gojq"
)

// row is one line of golden.jsonl.gz: exactly one of refused, error, same and output tells what
// came out.
type row struct {
	Expression string `json:"expression"`
	Input      int    `json:"input"`
	Refused    string `json:"refused,omitempty"`
	Error      string `json:"error,omitempty"`
	Same       bool   `json:"same,omitempty"`
	Output     any    `json:"output,omitempty"`
	Null       bool   `json:"null,omitempty"`
}

func lines(path string) []string {
	file, err := os.Open(path)
	if err != nil {
		panic(err)
	}
	defer file.Close()
	var all []string
	for scanner := bufio.NewScanner(file); scanner.Scan(); {
		all = append(all, scanner.Text())
	}
	return all
}

func input(text string) any {
	var value any
	decoder := json.NewDecoder(bytes.NewReader([]byte(text)))
	decoder.UseNumber()
	if err := decoder.Decode(&value); err != nil {
		panic(err)
	}
	return value
}

func run(expression string, number int, text string) row {
	out := row{Expression: expression, Input: number}
	query, err := gojq.Parse("del(" + expression + ")")
	var code *gojq.Code
	if err == nil {
		code, err = gojq.Compile(query)
	}
	if err != nil {
		out.Refused = err.Error()
		return out
	}
	ctx, cancel := context.WithTimeout(context.Background(), time.Second)
	defer cancel()
	results := code.RunWithContext(ctx, input(text))
	first, any := results.Next()
	failed, is := first.(error)
	more := false
	if !is {
		_, more = results.Next()
	}
	if is || !any || more {
		out.Error = "not exactly one output"
		if is {
			out.Error = failed.Error()
		}
		return out
	}
	got, _ := gojq.Marshal(first)
	want, _ := gojq.Marshal(input(text))
	out.Same = bytes.Equal(got, want)
	out.Null = first == nil
	if !out.Same && !out.Null {
		out.Output = json.RawMessage(got)
	}
	return out
}

// values is one line of values.jsonl.gz: all outputs up to the error, if there is one.
type values struct {
	Expression string            `json:"expression"`
	Refused    string            `json:"refused,omitempty"`
	Outputs    []json.RawMessage `json:"outputs"`
	Error      string            `json:"error,omitempty"`
}

func outputs(expression string, text string) values {
	out := values{Expression: expression, Outputs: []json.RawMessage{}}
	query, err := gojq.Parse(expression)
	var code *gojq.Code
	if err == nil {
		code, err = gojq.Compile(query)
	}
	if err != nil {
		out.Refused = err.Error()
		return out
	}
	ctx, cancel := context.WithTimeout(context.Background(), time.Second)
	defer cancel()
	results := code.RunWithContext(ctx, input(text))
	for value, more := results.Next(); more; value, more = results.Next() {
		if failed, is := value.(error); is {
			out.Error = failed.Error()
			return out
		}
		written, _ := gojq.Marshal(value)
		out.Outputs = append(out.Outputs, written)
	}
	return out
}

func write(path string, rows []any) {
	file, err := os.Create(path)
	if err != nil {
		panic(err)
	}
	zipped := gzip.NewWriter(file)
	for _, row := range rows {
		line, err := json.Marshal(row)
		if err != nil {
			panic(err)
		}
		zipped.Write(append(line, '\n'))
	}
	zipped.Close()
	file.Close()
}

func main() {
	folder := os.Args[1]
	inputs := lines(filepath.Join(folder, "inputs.jsonl"))
	var deleted, computed []any
	for _, expression := range lines(filepath.Join(folder, "expressions.txt")) {
		for number, text := range inputs {
			deleted = append(deleted, run(expression, number, text))
		}
	}
	write(filepath.Join(folder, "golden.jsonl.gz"), deleted)
	value := lines(filepath.Join(folder, "values-input.json"))[0]
	for _, expression := range lines(filepath.Join(folder, "values.txt")) {
		computed = append(computed, outputs(expression, value))
	}
	write(filepath.Join(folder, "values.jsonl.gz"), computed)
}
