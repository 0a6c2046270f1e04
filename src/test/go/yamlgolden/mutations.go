package main

import (
	"fmt"
	"math/rand"
	"strings"
	"unicode/utf8"
)

var pieces = []string{
	" ", "  ", "\n", "\t", ":", ": ", "- ", "? ", "#", " #", "|", ">", "|-", "|+2\n", ">-\n", "&a ", "*a",
	"!!str ", "!", "!<x>", "'", "\"", "\\", "[", "]", "{", "}", ",", "a", "b", "<<: ", "---", "...",
	"%YAML 1.1\n", "%TAG ! x\n", "1", "~", "\r", "\r\n", "\u0085", "\u2028", "''", "\\x41", "\\u00e9", "@",
	"`", "=", "0x1", "1e3", "null", "y", "é", "😀",
}

// mutations are other documents with a few pieces put in or taken out, and heaps of pieces. Byte order
// marks are left out, because a second one makes the reader depend on how its buffer was filled.
func mutations(r *rand.Rand, others []line, count int) []line {
	var lines []line
	for n := 0; len(lines) < count; n++ {
		text := heap(r)
		if r.Intn(3) > 0 {
			text = others[r.Intn(len(others))].Text
			for m := 1 + r.Intn(4); m > 0; m-- {
				text = mutate(r, text, others[r.Intn(len(others))].Text)
			}
		}
		if strings.Contains(text, "\ufeff") || !utf8.ValidString(text) || len(text) > 2000 {
			continue
		}
		lines = append(lines, document(fmt.Sprintf("mutation/%d", n), text))
	}
	return lines
}

func heap(r *rand.Rand) string {
	var b strings.Builder
	for n := r.Intn(25); n >= 0; n-- {
		b.WriteString(pieces[r.Intn(len(pieces))])
	}
	return b.String()
}

func mutate(r *rand.Rand, text, other string) string {
	at := r.Intn(len(text) + 1)
	switch r.Intn(3) {
	case 0:
		return text[:at] + pieces[r.Intn(len(pieces))] + text[at:]
	case 1:
		return text[:at] + text[min(len(text), at+1):]
	default:
		from := r.Intn(len(other) + 1)
		return text[:at] + other[from:min(len(other), from+r.Intn(20))] + text[at:]
	}
}
