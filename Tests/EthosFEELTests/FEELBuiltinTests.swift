import EthosFEEL
import Testing

/// Every built-in function, with the cases of the tables of the standard and the edges of its domain.
@Suite struct FEELBuiltinTests {
  private func check(_ cases: KeyValuePairs<String, String>, _ location: SourceLocation = #_sourceLocation) throws {
    for (text, expected) in cases {
      let found = try value(text)
      #expect(found == expected, "\(text)", sourceLocation: location)
    }
  }

  @Test func `conversion`() throws {
    try check([
      "date(\"2012-12-25\")": "@\"2012-12-25\"", "date(2012, 12, 25)": "@\"2012-12-25\"",
      "date(date and time(\"2012-12-25T11:00:00Z\"))": "@\"2012-12-25\"", "date(\"2023-02-29\")": "null",
      "date(year: 2012, month: 12, day: 25)": "@\"2012-12-25\"", "date(\"+2012-12-25\")": "null",
      "time(\"23:59:00Z\")": "@\"23:59:00Z\"", "time(\"23:59:00.5+02:00\")": "@\"23:59:00.5+02:00\"",
      "time(23, 59, 0, duration(\"-PT1H\"))": "@\"23:59:00-01:00\"", "time(\"24:00:00\")": "null",
      "time(23, 59, 1.25)": "@\"23:59:01.25\"", "time(\"10:00:00@Nowhere\")": "null",
      "time(date and time(\"2012-12-25T11:00:00Z\"))": "@\"11:00:00Z\"",
      "date and time(\"2012-12-24T23:59:00\")": "@\"2012-12-24T23:59:00\"",
      "date and time(\"2012-12-24T24:00:00\")": "@\"2012-12-25T00:00:00\"",
      "date and time(date(\"2012-12-24\"), time(\"23:59:00\"))": "@\"2012-12-24T23:59:00\"",
      "date and time(\"2012-12-24\")": "@\"2012-12-24T00:00:00\"",
      "number(\"1 000,0\", \" \", \",\")": "1000", "number(\"1,000.5\", \",\", \".\")": "1000.5",
      "number(\"1\", \".\", \".\")": "null", "number(\"abc\")": "null", "number(\"-1.5\")": "-1.5",
      "string(1.1)": "\"1.1\"", "string(null)": "null", "string(@\"2012-12-25\")": "\"2012-12-25\"",
      "string([1, \"a\", @\"P1D\"])": "\"[1, \\\"a\\\", P1D]\"", "string({a: \"b\"})": "\"{a: \\\"b\\\"}\"",
      "duration(\"P1DT2H\")": "@\"P1DT2H\"", "duration(\"P22M\")": "@\"P1Y10M\"", "duration(\"P1Y1D\")": "null",
      "duration(\"-PT0.5S\")": "@\"-PT0.5S\"", "duration(\"P\")": "null", "duration(\"PT\")": "null",
      "years and months duration(date(\"2011-12-22\"), date(\"2013-08-24\"))": "@\"P1Y8M\"",
      "years and months duration(date(\"2013-08-24\"), date(\"2011-12-25\"))": "@\"-P1Y7M\"",
      "range(\"[18..21)\")": "[18..21)", "range(\"[1+1..3]\")": "null", "range(\"[3..1]\")": "null",
      "range(\"(< 5)\")": "(< 5)",
    ])
  }

  @Test func `strings`() throws {
    try check([
      "substring(\"foobar\", 3)": "\"obar\"", "substring(\"foobar\", 3, 3)": "\"oba\"",
      "substring(\"foobar\", -2, 1)": "\"a\"", "substring(\"\\U01F40Eab\", 2)": "\"ab\"",
      "substring(\"foo\", 0)": "null",
      "substring(\"foo\", 4)": "null", "string length(\"foo\")": "3", "string length(\"\\U01F40Eab\")": "3",
      "string length(\"e\\u0301\")": "2", "upper case(\"aBc4\")": "\"ABC4\"", "lower case(\"aBc4\")": "\"abc4\"",
      "substring before(\"foobar\", \"bar\")": "\"foo\"", "substring before(\"foobar\", \"xyz\")": "\"\"",
      "substring before(\"foobar\", \"\")": "\"\"", "substring after(\"foobar\", \"ob\")": "\"ar\"",
      "substring after(\"\", \"a\")": "\"\"", "substring after(\"foobar\", \"\")": "\"foobar\"",
      "contains(\"foobar\", \"of\")": "false", "contains(\"foobar\", \"oba\")": "true",
      "starts with(\"foobar\", \"fo\")": "true", "ends with(\"foobar\", \"r\")": "true",
      "ends with(\"e\\u0301\", \"\\u0301\")": "true", "starts with(string: \"ab\", match: \"b\")": "false",
      "string join([\"a\", \"b\", \"c\"], \"_and_\")": "\"a_and_b_and_c\"",
      "string join([\"a\", null, \"c\"])": "\"ac\"",
      "string join([], \"X\")": "\"\"", "string join([\"a\", \"b\"], null)": "\"ab\"", "string join([1])": "null",
      "split(\"John Doe\", \"\\\\s\")": "[\"John\", \"Doe\"]",
      "split(\"a;b;c;;\", \";\")": "[\"a\", \"b\", \"c\", \"\", \"\"]",
    ])
  }

  @Test func `patterns`() throws {
    try check([
      "matches(\"foobar\", \"^fo*b\")": "true", "matches(\"foobar\", \"^o\")": "false",
      "matches(\"AB\", \"ab\", \"i\")": "true",
      "matches(\"a\\nb\", \"a.b\")": "false", "matches(\"a\\nb\", \"a.b\", \"s\")": "true",
      "matches(\"a\\nb\", \"^b$\", \"m\")": "true", "matches(\"ab\", \"a b\", \"x\")": "true",
      "matches(\"a.b\", \".\", \"q\")": "true", "matches(\"aXb\", \"a[^a-z]b\")": "true",
      "matches(\"x5\", \"^\\\\p{Ll}\\\\d$\")": "true", "matches(\"abab\", \"^(ab)\\\\1$\")": "true",
      "matches(\"aaa\", \"^a{2,3}$\")": "true", "matches(\"aaaa\", \"^a{2,3}$\")": "false",
      "matches(\"e\", \"[a-z-[aeiou]]\")": "false", "matches(\"a\", \"(?=a)\")": "null",
      "matches(\"a\", \"a**\")": "null",
      "matches(\"a\", \"[b-a]\")": "null", "matches(\"a\", \"a\", \"z\")": "null", "matches(\"\", \"(a*)*\")": "true",
      "matches(\"Q\", \"[^q]\", \"i\")": "false", "replace(\"banana\", \"a\", \"o\")": "\"bonono\"",
      "replace(\"abcd\", \"(ab)|(a)\", \"[1=$1][2=$2]\")": "\"[1=ab][2=]cd\"",
      "replace(\"abc\", \"b*?\", \"-\")": "\"-a-b-c-\"", "replace(\"a.b\", \".\", \"$0\", \"q\")": "\"a$0b\"",
      "replace(\"abc\", \"b\", \"$\")": "null", "replace(\"abc\", \"b\", \"\\\\$\")": "\"a$c\"",
      "replace(\"darted\", \"^(.*?)d(.*)$\", \"$1c$2\")": "\"carted\"",
    ])
  }

  @Test func `patterns with blocks of characters`() throws {
    try check([
      "matches(\"hello world\", \"^[\\p{IsBasicLatin}]+$\")": "true", "matches(\"\u{3B1}\", \"\\p{IsGreek}\")": "true",
      "matches(\"\u{3B1}\", \"\\p{IsGreekandCoptic}\")": "true", "matches(\"a\", \"\\p{IsGreek}\")": "false",
      "matches(\"\u{3B1}\", \"\\P{IsGreek}\")": "false",
      "matches(\"\u{E9}\", \"[^\\p{IsLatin-1Supplement}]\")": "false",
      "matches(\"\u{1F600}\", \"\\p{IsEmoticons}\")": "true",
      "matches(\"\u{10FFFF}\", \"\\p{IsSupplementaryPrivateUseArea-B}\")": "true",
      "matches(\"ab\", \"^\\p{ Is Basic Latin }+$\", \"x\")": "true",
      "matches(\"ab\", \"\\p{ IsBasicLatin}+\")": "null",
      "matches(\"ab\", \"\\p{IsNowhere}\")": "null", "matches(\"ab\", \"\\p{BasicLatin}\")": "null",
      "matches(\"ab\", \"\\p{IsBasicLatin\")": "null", "matches(\"ab\", \"\\p{isBasicLatin}\")": "null",
      "replace(\"a\u{3B1}b\", \"\\p{IsGreek}\", \"-\")": "\"a-b\"",
    ])
  }

  @Test func `lists`() throws {
    try check([
      "list contains([1, 2, 3], 2)": "true", "list contains([1, null], null)": "true", "count([1, 2, 3])": "3",
      "count([])": "0", "min([1, 2, 3])": "1", "min(3, 1, 2)": "1", "min([])": "null",
      "max(\"a\", \"c\", \"b\")": "\"c\"",
      "max([@\"2026-01-01\", @\"2025-01-01\"])": "@\"2026-01-01\"", "max(1, \"a\")": "null", "sum([1, 2, 3])": "6",
      "sum(1)": "1", "sum([])": "null", "sum([1, null])": "null", "mean(1, 2, 3)": "2", "mean([])": "null",
      "all([false, null, true])": "false", "all([])": "true", "all([true, null])": "null", "all(0)": "null",
      "any([false, null, true])": "true", "any([])": "false", "any([false, null])": "null",
      "sublist([4, 5, 6], 1, 2)": "[4, 5]", "sublist([4, 5, 6], -1)": "[6]", "sublist([1], 2)": "null",
      "append([1], 2, 3)": "[1, 2, 3]", "append(1, [2])": "[1, [2]]", "concatenate([1, 2], [3])": "[1, 2, 3]",
      "insert before([1, 3], 1, 2)": "[2, 1, 3]", "insert before([1], 3, 2)": "null", "remove([1, 2, 3], 2)": "[1, 3]",
      "reverse([1, 2, 3])": "[3, 2, 1]", "index of([1, 2, 3, 2], 2)": "[2, 4]", "union([1, 2], [2, 3])": "[1, 2, 3]",
      "distinct values([1, 2, 1.0, null, null])": "[1, 2, null]", "flatten([[1, 2], [[3]], 4])": "[1, 2, 3, 4]",
      "product([2, 3, 4])": "24", "product([])": "null", "median(8, 2, 5, 3, 4)": "4", "median([6, 1, 2, 3])": "2.5",
      "stddev(2, 4, 7, 5)": "2.081665999466132735282297706979931", "stddev([47])": "null", "mode(6, 3, 9, 6, 6)": "[6]",
      "mode([6, 1, 9, 6, 1])": "[1, 6]", "mode([])": "[]", "list replace([2, 4, 7, 8], 3, 6)": "[2, 4, 6, 8]",
      "list replace([2, 4, 7, 8], function(item, newItem) item < newItem, 5)": "[5, 5, 7, 8]",
      "list replace([1], 2, 6)": "null", "sort([3, 1, 2])": "[1, 2, 3]",
      "sort(list: [3, 1, 4], precedes: function(x, y) x > y)": "[4, 3, 1]", "sort([1, \"a\"])": "null",
    ])
  }

  @Test func `numbers`() throws {
    try check([
      "decimal(1/3, 2)": "0.33", "decimal(1.5, 0)": "2", "decimal(2.5, 0)": "2", "floor(1.5)": "1",
      "floor(-1.56, 1)": "-1.6",
      "ceiling(1.5)": "2", "ceiling(-1.56, 1)": "-1.5", "round up(5.5, 0)": "6", "round up(-1.1, 0)": "-2",
      "round down(5.5, 0)": "5", "round half up(-2.5, 0)": "-3", "round half down(5.5, 0)": "5", "abs(-10)": "10",
      "abs(@\"-PT5H\")": "@\"PT5H\"", "modulo(-12, 5)": "3", "modulo(10.1, -4.5)": "-3.4", "modulo(1, 0)": "null",
      "sqrt(16)": "4", "sqrt(-1)": "null", "log(1)": "0", "log(0)": "null", "exp(0)": "1", "odd(5)": "true",
      "odd(2)": "false",
      "even(2)": "true", "even(2.5)": "false", "decimal(1, 7000)": "null", "round up(1)": "null", "floor(null)": "null",
      "is(1, 1)": "true", "is(@\"23:00:50z\", @\"23:00:50\")": "false", "is(1, \"1\")": "false",
      "is(null, null)": "true",
    ])
  }

  @Test func `ranges`() throws {
    try check([
      "before(1, 10)": "true", "before(10, 1)": "false", "before(1, [1..10])": "false", "before(1, (1..10])": "true",
      "before([1..10], 10)": "false", "before([1..10), [10..20])": "true", "after(10, 5)": "true",
      "after([11..20], [1..11))": "true", "meets([1..5], [5..10])": "true", "meets([1..5), [5..10])": "false",
      "met by([5..10], [1..5])": "true", "overlaps([1..5], [3..8])": "true", "overlaps([1..5], [6..8])": "false",
      "overlaps([1..5], (5..8])": "false", "overlaps before([1..5], [3..8])": "true",
      "overlaps before([3..8], [1..5])": "false", "overlaps after([3..8], [1..5])": "true",
      "finishes(10, [1..10])": "true",
      "finishes([5..10], [1..10])": "true", "finishes([5..10), [1..10])": "false", "finished by([1..10], 10)": "true",
      "includes([1..10], 5)": "true", "includes((1..10], [1..10])": "false", "during(5, [1..10])": "true",
      "during([4..6], [1..10])": "true", "starts(1, [1..10])": "true", "starts([1..5], [1..10])": "true",
      "started by([1..10], 1)": "true", "coincides(5, 5)": "true", "coincides([1..5], [1..5))": "false",
      "coincides(1, \"a\")": "null", "during(5, 5)": "null", "before((< 5), 7)": "true", "before(null, 5)": "null",
    ])
  }

  @Test func `the calendar`() throws {
    try check([
      "day of year(date(2019, 9, 17))": "260", "day of week(date(2019, 9, 17))": "\"Tuesday\"",
      "month of year(date(2019, 9, 17))": "\"September\"", "week of year(date(2019, 9, 17))": "38",
      "week of year(date(2003, 12, 29))": "1", "week of year(date(2005, 1, 1))": "53",
      "week of year(\"2005-01-01\")": "null",
    ])
  }

  @Test func `contexts`() throws {
    try check([
      "get value({key1: \"value1\"}, \"key1\")": "\"value1\"", "get value({a: 1}, \"b\")": "null",
      "get entries({a: 1, b: 2})": "[{key: \"a\", value: 1}, {key: \"b\", value: 2}]",
      "context([{key: \"a\", value: 1}, {key: \"b\", value: 2, c: 3}])": "{a: 1, b: 2}",
      "context([{key: \"a\"}])": "null",
      "context put({x: 1, y: 0, z: 0}, \"y\", 2)": "{x: 1, y: 2, z: 0}",
      "context put({x: 1}, [\"y\"], 2)": "{x: 1, y: 2}",
      "context put({x: 1, y: {a: 0}}, [\"y\", \"a\"], 2)": "{x: 1, y: {a: 2}}", "context put({x: 1}, [], 2)": "null",
      "context put(context: {x: 1, y: {a: 0}}, keys: [\"y\", \"a\"], value: 2)": "{x: 1, y: {a: 2}}",
      "context put(context: {x: 1, y: {a: 0}}, key: [\"y\", \"a\"], value: 2)": "null",
      "context put(context: {x: 1}, key: \"x\", value: 2)": "{x: 2}",
      "context put(context: {x: 1}, keys: \"x\", value: 2)": "null",
      "context put({x: 1, y: {a: 0}}, [\"y\", null], 2)": "null", "context put({x: 1}, [null, \"a\"], 2)": "null",
      "context put({y: {a: 0}}, [\"y\", \"a\", \"b\"], 2)": "null", "context put({x: 1}, [\"z\", \"a\"], 2)": "null",
      "context merge([{x: 1}, {y: 2}])": "{x: 1, y: 2}", "context merge([{x: 1}, {x: 2}])": "{x: 2}",
    ])
  }

  @Test func `every function has a signature`() {
    #expect(FEELBuiltin.allCases.filter { $0.signatures.isEmpty } == [])
  }
}
