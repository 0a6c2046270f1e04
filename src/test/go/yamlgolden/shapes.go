package main

import (
	"fmt"
	"math/rand"
	"strings"
)

func shapes() []line {
	texts := []string{
		"", "\n", " ", "# only\n", "---\n", "...\n", "\ufeffa: 1\n", "a: 1\n\ufeffb: 2\n", "a: 1\r\nb: 2\r\n", "a: |\r\n  x\r\n  y\r\n", "a: 1\rb: 2\r",
		"a: 1\n...\nb: 2\n", "a: 1\n...\n", "a: 1\n---\nb: 2\n", "--- \na: 1\n", "--- a\n", "--- {a: 1}\n", "--- |\n x\n", "%YAML 1.1\n---\na: 1\n", "%YAML 1.2\n---\na: 1\n", "%TAG ! tag:x,2000:\n---\na: !y 1\n", "%FOO\n---\na: 1\n",
		"a: &x {b: 1}\nc: *x\n", "a: &x [1, 2]\nc: [*x, *x]\n", "a: *x\n", "a: &x\n  b: *x\n", "a: &x 1\nb: &x 2\nc: *x\n", "&x a: 1\nb: *x\n", "a: &x b\n*x : 1\n", "a: &x\nb: *x\n", "a: &x-y_1 2\nb: *x-y_1\n", "a: & x\n", "a: *\n", "&a &b c\n", "*a\n", "a: &x *y\n",
		"a: &x {p: 1, q: 2}\nb:\n  <<: *x\n  q: 3\n", "a: &x {p: 1, q: 2}\nb:\n  q: 3\n  <<: *x\n", "a: &x {p: 1}\nb: &y {p: 2, r: 3}\nc:\n  <<: [*x, *y]\n", "a: &x {p: 1}\nc: {<<: *x, p: 5}\n", "c: {<<: {p: 1}, q: 2}\n", "c: {<<: [{p: 1}, {p: 2}], q: 2}\n", "c: {<<: 1}\n", "c: {<<: [1]}\n", "c: {<<: ~}\n", "c: {<<: }\n", "c: {'<<': {p: 1}}\n", "c: {\"<<\": 1}\n", "c: {!!merge <<: {p: 1}}\n", "c: {!!str <<: {p: 1}}\n", "- <<\n", "a: <<\n", "<<: {a: 1}\n<<: {b: 2}\n", "a: &x 1\nb: {<<: *x}\n", "a: &x [ {p: 1} ]\nb: {<<: *x}\n", "a: &x {p: 1}\nb: &y {<<: *x, q: 2}\nc: {<<: *y, r: 3}\n", "a: {<<: {p: {x: 1}}, <<: {p: {y: 2}}}\n",
		"a: 1\na: 2\n", "{a: 1, a: 2}\n", "a: 1\n'a': 2\n", "1: a\n0x1: b\n", "yes: 1\ntrue: 2\n", "a: {b: 1, b: 1}\n", "a:\n- {b: 1}\n- {b: 2}\n", "~: 1\n", ": 1\n", "? \n: 1\n", "[a]: 1\n", "{a: b}: 1\n", "? [a]\n: 1\n", "? {a: b}\n: 1\n", "null: 1\n", "1.5: a\n", "1e10: a\n", "18446744073709551615: a\n", ".inf: a\n", ".nan: a\n", "2001-01-01: a\n", "1_000: a\n", "0o7: a\n", "-0.0: a\n", "!!binary aGk=: a\n", "? a\n", "? a\n? b\n: c\n", "{? a: b}\n", "{a}\n", "{a, b: c}\n", "[a: b, c]\n", "[? a: b]\n", "{a: }\n", "{a:}\n", "{a:b}\n", "{\"a\":b}\n", "{'a':1}\n", "{\"a\":1,\"b\":[1,2,{\"c\":null}]}\n", "{a: [b, c}\n", "[a, b\n", "{a: 1\n", "[,]\n", "[a,,b]\n", "[a, ]\n", "{a: 1,}\n", "[]\n", "{}\n", "a: []\nb: {}\n", "[[[[]]]]\n", "{a: {b: {c: {}}}}\n", "[a b, c d]\n", "{a b: c d}\n", "{http://x: y}\n", "[http://x:80, b]\n", "[a#b, c #d\n]\n", "{a: b#c}\n", "[::1]\n", "{a: ::1}\n", "[a:]\n", "{a: 'b''c'}\n", "[\"a\\\"b\"]\n", "[-]\n", "[- a]\n", "{-: a}\n", "[?]\n", "[?a]\n", "[:a]\n", "[: a]\n", "{: a}\n", "[a:b:c]\n", "[\"a\":b]\n", "[\"a\": b]\n", "{\"a\": b:c}\n",
		"a: 'x\n  y'\n", "a: \"x\n  y\"\n", "a: \"x\\\n  y\"\n", "a: \"x\\n\\t\\\\\\\"\\/\"\n", "a: \"\\x41\\u00e9\\U0001F600\"\n", "a: \"\\ud83d\\ude00\"\n", "a: \"\\ud83d\"\n", "a: \"\\\\ud83d\"\n", "a: \"\\uD7FF\\uE000\"\n", "a: \"\\U00110000\"\n", "a: \"\\U0010FFFF\"\n", "a: \"\\q\"\n", "a: \"\\0\\a\\b\\e\\f\\v\\r\\N\\_\\L\\P\\ \"\n", "a: \"\\x4\"\n", "a: \"x\n", "a: 'x\n", "a: ''\n", "a: \"\"\n", "a: 'x' y\n", "a: \"x\"y\n", "a: \"x\": y\n", "'a': b\n", "\"a b\": c\n", "'a\n  b': c\n", "a: 'x\n\n\n  y'\n", "a: \"x\n\n  y\"\n", "a: \"x \n  y\"\n", "a: \" x \"\n", "a: \"x\ty\"\n", "a: '\t'\n", "a: \"\\\t\"\n", "a: \"a\\u0000b\"\n", "a: \"\\u2028\"\n", "a: \"\\ufeff\"\n", "a: \"\\ufffe\"\n", "a: \"\u2028\"\n", "a: \u0085b\n", "a: x\u0085 y\n", "a: x\u2028 y\n", "a: \u00a0b\n", "a: \u200bb\n", "a: \u0007b\n", "a: \u007fb\n", "a: b\u0000\n",
		"a: |\n  x\n", "a: |-\n  x\n", "a: |+\n  x\n\n", "a: >\n  x\n  y\n", "a: >-\n  x\n\n  y\n", "a: >+\n  x\n\n\n", "a: |2\n   x\n", "a: |1\n  x\n", "a: |0\n  x\n", "a: |9\n  x\n", "a: |2-\n    x\n", "a: |-2\n    x\n", "a: |+2\n    x\n\n", "a: | # c\n  x\n", "a: |#c\n  x\n", "a: | x\n", "a: |\n", "a: |\nb: 1\n", "a: |\n\n\n  x\n", "a: |\n   x\n  y\n", "a: |\n  x\n   y\n  z\n", "a: >\n  x\n   y\n  z\n", "a: >\n\n  x\n\n   y\n\n  z\n", "a: |\n  # not\n  x\n", "a: |\n  x\n # c\nb: 1\n", "a: |\n\tx\n", "a: |\n  \tx\n", "a: |\n  x\t\n", "a: >\n  x  \n  y\n", "a: |\n  x", "a: >-\n  x", "a: |+\n\n\n", "a: |-\n\n\n", "a: |\n  x\n\n\n\nb: 1\n", "a: |+\n  x\n\n\n\nb: 1\n", "- |\n x\n- >\n y\n", "|\n x\n", ">\n x\n y\n", "a: |\n x\n  - y\n", "a:\n  b: |\n    x\n  c: 1\n", "a: |\n  x: y\n  - z\n", "a: >\n  x\n  \n  y\n", "a: |\n     \n  x\n", "a: |\n \n  x\n", "a: >\n   x\n  y\n", "a: |\n  x\r\n  y\r\n", "a: |1\n x\n  y\n", "a: |\n  x\n ...\n", "a: |\n  ---\n",
		"a: b\n c\n", "a: b\n  c\n  d\n", "a: b\n\n  c\n", "a: b # c\n  d\n", "a:\n  b\n  c\n", "a b\nc d\n", "a: b: c\n", "a: b :c\n", "a: b\nc\n", "a:\nb:\n", "a:\n  - b\n", "a:\n- b\n", "- a\n-b\n", "-a\n", "- - a\n  - b\n- - c\n", "- a: 1\n  b: 2\n", "-\n  a: 1\n", "- \n- \n", "-\n", "a:\n  - b\n  c: d\n", "a:\n   b: 1\n  c: 2\n", " a: 1\nb: 2\n", "  a: 1\n", "\ta: 1\n", "a:\n\tb: 1\n", "a:\tb\n", "a: \tb\n", "a: b\t\n", "a: b\t# c\n", "-\ta\n", "- \ta\n", "a:\t- b\n", "-\t- b\n", "-\ta: b\n", "a:\n  b: 1\n\tc: 2\n", "a: [\n\tb\n]\n", "a: {\n\tb: 1\n}\n", "{\n\t\"a\": 1\n}\n", "\t{\"a\": 1}\n", "\n\t\n", "a: 1\n\t\nb: 2\n", "a: 1\n \t\nb: 2\n", "a: 1 \t # c\n", "a\t: 1\n", "? a\n:\tb\n", "?\ta\n",
		"#a\nb: 1 #c\n#d\n", "a: 1#b\n", "a: '1'#b\n", "a: [1]#b\n", "a: {b: 1}#c\n", "a: # c\n  b\n", "a:\n  # c\n  - b\n  # d\n", "- # c\n  a\n", "a: &x # c\n  b\n", "a: !!str # c\n  1\n", "a: |# c\n", "a: [ # c\n b # d\n , e]\n", "[a,#b\nc]\n", "{a: b, # c\nd: e}\n", "? # c\n a\n: # d\n b\n",
		"a: !!str\nb: 1\n", "a: !!null\n", "a: !!int\n", "!!map {a: 1}\n", "!!map\na: 1\n", "!!seq\n- a\n", "!!str a: !!int 1\n", "a: !<x> 1\n", "a: !< 1\n", "a: !x!y 1\n", "a: !!\n", "a: ! \n", "a: !!str &x 1\nb: *x\n", "a: &x !!str 1\nb: *x\n", "a: !!str [1]\n", "a: !!int {b: 1}\n", "a: !foo [1]\n", "a: !!float 1\n", "a: !!float '1'\n", "a: !!set {a, b}\n", "a: !!omap [a: 1]\n", "a: !%41 b\n", "a: !!st%72 1\n", "a: !a,b 1\n", "[!a, b]\n", "[!!str, b]\n", "{!!str a: !!str 1}\n", "a: !!bool yes\n", "a: !!bool 'no'\n", "!!binary aGk=\n", "a: !!binary |\n  aGVs\n  bG8=\n", "a: !!binary \"/w==\"\n", "a: !!binary aGk\n",
		"a: @b\n", "a: `b\n", "a: %b\n", "%a: b\n", "a: ]b\n", "a: }b\n", "a: ,b\n", "a: - b\n", "a: ? b\n", "a: -\n", "a: ?\n", "a: :\n", "?a: b\n", "-: a\n", "?: a\n", "a: ---\n", "a: ...\n", "---a: b\n", "...a: b\n", "a: x\n---\n", "a\n---\nb\n", "a: !b\n", "a: *b c\n", "a: &b\n- c\n", "a: &b - c\n", "a: '\n---\n'\n", "a: \"\n...\n\"\n", "a: b\n--- c\n", "a: {\n---\n}\n", "'a\n---\nb'\n",
		"a: 1\n b: 2\n", "a:\n- b\n - c\n", "a:\n - b\n- c\n", "- a\n b\n", "a: [1,\n2]\n", "a: {b: 1,\nc: 2}\n", "a: [\n1\n]\n", "a:\n[1]\n", "a:\n {b: 1}\n", "a: 'x\ny'\n", "a: \"x\ny\"\n", "[a]: b: c\n", "a: [b]: c\n", "a: [b] c\n", "a: {b: c} d\n", "a, b: c\n", "a] : b\n", "a{b}: c\n", "- [a]\n- {b: c}\n", "[a]\n[b]\n", "{a: 1}\n{b: 2}\n", "{a: 1} b\n", "a\nb: c\n", "a: b\n- c\n", "- a\nb: c\n", "a:\n  b:\n    c\n  d\n", "a: b\n\n\n\nc: d\n\n\n",
		strings.Repeat("k", 1030) + ": v\n", "\"" + strings.Repeat("k", 1030) + "\": v\n", strings.Repeat("k", 1020) + ": v\n", "? " + strings.Repeat("k", 1030) + "\n: v\n", "{" + strings.Repeat("k", 1030) + ": v}\n", "[" + strings.Repeat("k", 1030) + ": v]\n", "a: " + strings.Repeat("x ", 3000) + "\n", strings.Repeat("[", 100) + strings.Repeat("]", 100) + "\n", strings.Repeat("- ", 100) + "a\n", strings.Repeat("k", 130) + ": v\n", "&" + strings.Repeat("x", 100) + " a: b\n",
		"a: &a [x,x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b,*b]\nd: [*c,*c,*c,*c,*c,*c,*c,*c,*c,*c]\n",
		"a: &a [x,x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: [*b,*b,*b]\n", "a: &a {k: v}\n" + manyAliases(60), "a: &a {k: v}\n" + manyAliases(300),
	}
	var out []line
	for i, text := range texts {
		out = append(out, document(fmt.Sprintf("shape/%d", i), text))
		if !strings.Contains(text, "\ufeff") && !strings.HasPrefix(text, "%") {
			out = append(out, document(fmt.Sprintf("shape-inner/%d", i), "top:\n"+indent(text)))
		}
	}
	return out
}

func manyAliases(count int) string {
	var b strings.Builder
	for i := 0; i < count; i++ {
		fmt.Fprintf(&b, "b%d: [*a, *a, *a]\n", i)
	}
	return b.String()
}

func indent(text string) string {
	var b strings.Builder
	for _, l := range strings.SplitAfter(text, "\n") {
		if strings.TrimSpace(l) != "" {
			b.WriteString("  ")
		}
		b.WriteString(l)
	}
	return b.String()
}

func random(r *rand.Rand) []line {
	var out []line
	for i := 0; i < 1200; i++ {
		g := generator{r: r}
		out = append(out, document(fmt.Sprintf("random/%d", i), g.block(0, 0)))
	}
	pieces := []string{"a", "b", ": ", ":", "- ", "\n", "\n  ", " ", "'", "\"", "[", "]", "{", "}", ",", "|\n", ">\n", "#", "&x ", "*x", "!!str ", "1", "~", "? ", "\t", "-"}
	for i := 0; i < 2500; i++ {
		var b strings.Builder
		for n := 2 + r.Intn(10); n > 0; n-- {
			b.WriteString(pieces[r.Intn(len(pieces))])
		}
		out = append(out, document(fmt.Sprintf("soup/%d", i), b.String()))
	}
	return out
}

type generator struct {
	r    *rand.Rand
	keys int
}

func (g *generator) scalar() string {
	s := strings.Trim(scalars[g.r.Intn(len(scalars))], "\n")
	switch g.r.Intn(4) {
	case 0:
		return "'" + strings.ReplaceAll(s, "'", "''") + "'"
	case 1:
		return fmt.Sprintf("word%d", g.r.Intn(9))
	case 2:
		return fmt.Sprintf("%q", strings.ReplaceAll(s, "\\", ""))
	}
	return s
}

func (g *generator) key() string {
	g.keys++
	return fmt.Sprintf("k%d", g.keys)
}

func (g *generator) block(level, column int) string {
	pad := strings.Repeat(" ", column)
	if level > 3 || (level > 0 && g.r.Intn(3) == 0) {
		return " " + g.scalar() + "\n"
	}
	var b strings.Builder
	if level > 0 {
		b.WriteString("\n")
	}
	list := g.r.Intn(3) == 0
	for n := 1 + g.r.Intn(4); n > 0; n-- {
		if g.r.Intn(8) == 0 {
			b.WriteString(pad + "# comment\n")
		}
		switch {
		case list && g.r.Intn(2) == 0:
			b.WriteString(pad + "- " + g.key() + ": " + g.scalar() + "\n" + pad + "  " + g.key() + ":" + g.block(level+1, column+4))
		case list:
			b.WriteString(pad + "-" + g.block(level+1, column+2))
		case g.r.Intn(8) == 0:
			b.WriteString(pad + g.key() + ": |-\n" + pad + "  x " + g.scalar() + "\n\n" + pad + "   y\n")
		case g.r.Intn(8) == 0:
			b.WriteString(pad + g.key() + ": {a: [x, 1, yes], b: {c: ~}}\n")
		default:
			b.WriteString(pad + g.key() + ":" + g.block(level+1, column+1+g.r.Intn(3)))
		}
	}
	return b.String()
}

func streams() []line {
	parts := []string{"a: 1\n", "---\n", "--- \n", "--- # c\n", "---#c\n", "---x\n", "--- {b: 1}\n", "...\n", "# c\n", "\n", "b: [1\n", "- 1\n", "c: |\n  x\n", "---\r\n", "d: 2\r\n", " ---\n", "----\n", "e: 1"}
	r := rand.New(rand.NewSource(3))
	var out []line
	for i := 0; i < 500; i++ {
		var b strings.Builder
		for n := 1 + r.Intn(7); n > 0; n-- {
			b.WriteString(parts[r.Intn(len(parts))])
		}
		out = append(out, stream(fmt.Sprintf("stream/%d", i), b.String()))
	}
	return out
}
