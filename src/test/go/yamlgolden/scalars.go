package main

import (
	"fmt"
	"math/rand"
	"strings"
)

var scalars = strings.Split(`y|Y|yes|Yes|YES|yEs|n|N|no|No|NO|nO|true|True|TRUE|tRue|false|False|FALSE|on|On|ON|oN|off|Off|OFF|
~|null|Null|NULL|nUll|nil|none|0|-0|+0|00|01|07|08|09|017|018|0777|0o17|0O17|0o8|-0o17|+017|-017|0x1F|0X1f|0xg|-0x1F|+0xff|0x|
0b1|0b102|-0b11|+0b11|0B1|0b|0b-1|0b+1|-0b-1|1_000|1__0|_1|1_|0x_1|0b1_0|0_7|1.5_0|._5|.1_0|_|-_1|
1|+1|-1|12345|2147483647|2147483648|-2147483648|-2147483649|9007199254740991|9007199254740993|9223372036854775807|
9223372036854775808|-9223372036854775808|-9223372036854775809|18446744073709551615|18446744073709551616|-18446744073709551616|
0xFFFFFFFFFFFFFFFF|0x10000000000000000|123456789012345678901234567890|1.0|1.|.5|-.5|+.5|0.1|-0.0|0.0|1.50|1e3|1E3|1e+3|1e-3|
1.5e3|1e|e1|.e1|.|..|...|-|+|-.|1e400|-1e400|1e-400|.5e400|1e20|1e21|1e22|123456789.123456789|0.000001|0.0000001|1e-7|3.14159265358979|
5e-1|100000000000000000000|1234567.5|12345678.9|0.00012|0.000012|16777217.5|.inf|.Inf|.INF|+.inf|-.inf|-.Inf|+.INF|.nan|.NaN|.NAN|+.nan|inf|nan|NaN|Infinity|
2001-01-01|2001-1-1|2001-13-01|2001-02-30|2001-12-14T21:59:43.10-05:00|2001-12-14t21:59:43.10-05:00|2001-12-14 21:59:43.10 -5|
2001-12-14 21:59:43|2001-12-14T21:59:43Z|20010101|1:30|1:30:45|190:20:30|190:20:30.15|-1:30|1:30.5|0:0|12:00|
=|<<|a b|a  b|a: b|a:b|a#b|a #b|#a|@a|%a|!a|&a|*a|[a|]a|{a|}a|,a|a,b|?a|? a|:a|:|::|-a|- a|--|---|--- a|>a|> a|\|a|'a|"a|a'b|a"b|
\a|/a|a\nb|a\tb|$a|$(A)|${A}|{{ a }}|{{a}}|a{b}|a[0]|100m|1Gi|0.5|500m|1e3Mi|1k|80%|50%|v1|apps/v1|0.0.0.0|127.0.0.1|10.0.0.0/8|::1|
http://a:80/b?c=d#e|image:tag|repo/image@sha256:abc|a=b|a=b,c=d|--flag|--flag=x|-c|/bin/sh|*|&|!|!!|%|@|`+"`a`"+`|é|日本|a\u00e9|😀|
0xdeadbeef|0xDEADBEEFDEADBEEF|1e1000000000|00000000000000000000000001|0.30000000000000004|1.7976931348623157e308|2.2250738585072014e-308|
4.35|0.1e1|-1.5e-9|6.02e23|1_0.5_0|0_8|+1_000|-1_000|+0x1F|+0o17|+|1+|1-|--1|++1|1.2.3|1..2|1,000|0x1.8p1|0o|0b2|00x1|08.5|010.5|-08|+08`,
	"|")

func zoo() []line {
	contexts := []struct{ name, format string }{
		{"value", "k: %s\n"}, {"item", "- %s\n"}, {"root", "%s\n"}, {"nested", "a:\n  b:\n  - c: %s\n    d: 1\n"},
		{"flow-map", "k: {a: %s}\n"}, {"flow-list", "k: [%s, 1]\n"}, {"key", "%s: v\n"}, {"flow-key", "{%s: v}\n"},
		{"single", "k: '%s'\n"}, {"double", "k: \"%s\"\n"}, {"literal", "k: |\n  %s\n"}, {"folded", "k: >-\n  %s\n"},
		{"str", "k: !!str %s\n"}, {"commented", "k: %s # c\n"}, {"question", "? %s\n: v\n"}, {"anchored", "a: &x %s\nb: *x\n"},
	}
	tags := []string{"!!int", "!!float", "!!bool", "!!null", "!!timestamp", "!!binary", "!!merge", "!x", "!", "!!map", "!!seq", "!!set", "!<tag:yaml.org,2002:int>", "!!python/name:os.system", "!!java.lang.String"}
	var out []line
	for i, s := range scalars {
		s = strings.Trim(s, "\n")
		for _, c := range contexts {
			out = append(out, document(fmt.Sprintf("zoo/%s/%d", c.name, i), fmt.Sprintf(c.format, s)))
		}
		if i%3 == 0 || i < 40 {
			tag := tags[i%len(tags)]
			out = append(out, document("zoo/tag/"+tag, "k: "+tag+" "+s+"\n"))
			out = append(out, document("zoo/quoted-tag/"+tag, "k: "+tag+" '"+s+"'\n"))
		}
	}
	for _, tag := range tags {
		for _, s := range []string{"1", "1.5", "yes", "~", "''", "a", "'1'", "aGk=", "[a]", "{a: b}", "2001-01-01", "2001-1-1 1:2:3", "18446744073709551615", ".inf", "\n  - a", "\n  a: b", "|\n  x"} {
			out = append(out, document("tags/"+tag, "k: "+tag+" "+s+"\n"))
		}
	}
	return out
}

func numbers(r *rand.Rand) []line {
	var out []line
	for i := 0; i < 600; i++ {
		text := fmt.Sprintf("%d", r.Int63()>>uint(r.Intn(63)))
		switch i % 6 {
		case 1:
			text = fmt.Sprintf("%d.%d", r.Intn(1000000), r.Intn(1000000))
		case 2:
			text = fmt.Sprintf("%d.%de%d", r.Intn(10), r.Intn(1000000), r.Intn(60)-30)
		case 3:
			text = fmt.Sprintf("-%g", r.ExpFloat64()*1e6)
		case 4:
			text = fmt.Sprintf("%.17g", r.NormFloat64())
		case 5:
			text = fmt.Sprintf("0%o", r.Int31())
		}
		out = append(out, document("number/value", "k: "+text+"\n"))
		if i%2 == 0 {
			out = append(out, document("number/key", text+": v\n"))
		}
	}
	return out
}
