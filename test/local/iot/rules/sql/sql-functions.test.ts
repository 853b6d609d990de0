import { parseTemplateExpression } from '../../../../../local/iot/rules/sql/parse-sql.ts';
import { evaluateExpression } from '../../../../../local/iot/rules/sql/evaluate-sql.ts';
import type { RuleContext } from '../../../../../local/iot/rules/rule-context.ts';
import { dialect, ruleContext } from '../rule-context.ts';

const valueOf = (expression: string, context: Partial<RuleContext> = {}): unknown =>
  evaluateExpression(parseTemplateExpression(expression, dialect()), ruleContext(context));

// Examples and tables of the developer guide, "Functions", "Case statements" and "Data types".
test.each<[string, unknown]>([
  ['abs(-5)', 5],
  ['abs("-5.123")', 5.123],
  ['abs(true)', undefined],
  ['cast(true as Int)', 1],
  ['cast("1.9" as int)', 1],
  ['cast(-1.5 as Integer)', -2],
  ['cast(0 as Bool)', false],
  ['cast("TRUE" as Boolean)', true],
  ['cast("yes" as Boolean)', undefined],
  ['cast(12 as String)', '12'],
  ['cast(null as String)', undefined],
  ['cast([1, "a"] as varchar)', '[1,"a"]'],
  ['cast("5E-1" as Decimal)', 0.5],
  ['ceil(1.2)', 2],
  ['ceil(-1.2)', -1],
  ['chr(65)', 'A'],
  ['chr(200)', undefined],
  ['concat()', undefined],
  ['concat([1, 2, 3], 4)', [1, 2, 3, 4]],
  ['concat([1, 2, 3], "hello", [4, 5, 6])', [1, 2, 3, 'hello', 4, 5, 6]],
  ['concat(1, "hello")', '1hello'],
  ['concat(1, 2)', undefined],
  ['concat("a", missing)', undefined],
  ['decode("eyAidGVtcGVyYXR1cmUiOiAzMyB9Cg==", "base64").temperature', 33],
  ['decode("aGVsbG8=", "base64")', 'hello'],
  ['decode("*", "base64")', null],
  ['encode("hello", "base64")', 'aGVsbG8='],
  ['endswith("cat", "at")', true],
  ['endswith("cat", null)', undefined],
  ['floor(-1.2)', -2],
  ['isUndefined(floor([1, 2, 3]))', true],
  ['get(["a", "b", "c"], 1)', 'b'],
  ['get(["a"], "0")', 'a'],
  ['get(["a"], -1)', undefined],
  ['get({"a": "b"}, "a")', 'b'],
  ['get({"a": "b"}, "constructor")', undefined],
  ['get("abc", 0)', 'a'],
  ['get_or_default(missing, "UNKNOWN")', 'UNKNOWN'],
  ['get_or_default(null)', undefined],
  ['get_or_default(1, 2)', 1],
  ['md5("hello")', '5d41402abc4b2a76b9719d911017c592'],
  ['sha1("hello")', 'aaf4c61ddcc5e8a2dabede0f3b482cd9aea9434d'],
  ['length(sha512("hello"))', 128],
  ['indexof("abcd", "bc")', 1],
  ['isNull(Null)', true],
  ['isNull(missing)', false],
  ['length(false)', 5],
  ['lower(["HELLO"])', '["hello"]'],
  ['lpad("hello", 2)', '  hello'],
  ['lpad(1, 3)', '   1'],
  ['length(rpad("", 5000))', 1000],
  ['Ltrim(" h i ")', 'h i '],
  ['rtrim(" h i ")', ' h i'],
  ['Trim(" hi ")', 'hi'],
  ['mod(8, 3)', 2],
  ['remainder("8", 3)', 2],
  ['mod(8, 0)', undefined],
  ['Nanvl(8, 3)', 8],
  ['nanvl(missing, 3)', 3],
  ['numbytes("€")', 3],
  ['parse_time("yyyy.MM.dd G \'at\' HH:mm:ss z", 100000000, "America/Belize")', '1970.01.01 AD at 21:46:40 CST'],
  ['parse_time("yyyy", timestamp(), "UTC")', '2023'],
  ['parse_time("EEE, d MMM yy h:mm a", 1700000000000)', 'Tue, 14 Nov 23 10:13 PM'],
  ['parse_time("yyyy-MM-dd\'T\'HH:mm:ss.SSSZZ", 0, "+01:30")', '1970-01-01T01:30:00.000+01:30'],
  ['parse_time("yyyy", 0, "Nowhere/Nowhere")', undefined],
  ['parse_time("yyyy", "soon")', undefined],
  ['power(2, 5)', 32],
  ['power(-1, 0.5)', undefined],
  ['regexp_matches("aaaa", "a{2,}")', true],
  ['regexp_matches("ccc", "(aaa|bbb)")', false],
  ['regexp_matches("a", "(")', undefined],
  ['regexp_matches("ABC", "(?i)abc")', true],
  ['regexp_replace("abcd", "bc", "x")', 'axd'],
  ['regexp_replace("abcd", "b(.*)d", "$1")', 'ac'],
  ['regexp_replace("abcd", "b", "$7")', undefined],
  ['regexp_replace("aaa", "", "-")', '-a-a-a-'],
  ['regexp_substr("hihihello", "hi")', 'hi'],
  ['regexp_substr("hihihello", "(hi)*")', 'hihi'],
  ['replace("abcdabcd", "b", "x")', 'axcdaxcd'],
  ['Round(1.5)', 2],
  ['Round(-1.1)', -1],
  ['Round(-1.5)', -2],
  ['sign(-7)', -1],
  ['sqrt(9)', 3],
  ['sqrt(-1)', undefined],
  ['substring("012345", 2.745)', '2345'],
  ['substring(123, 2)', '3'],
  ['substring("012345", -1)', '012345'],
  ['substring(true, 1.2)', 'rue'],
  ['substring(false, -2.411E247)', 'false'],
  ['substring("012345", 1, 3)', '12'],
  ['substring("012345", -50, 50)', '012345'],
  ['substring("012345", 3, 1)', ''],
  ['sql_version()', '2016-03-23'],
  ['startswith("ranger", "ran")', true],
  ['time_to_epoch("2020-04-03 09:45:18 UTC+01:00", "yyyy-MM-dd HH:mm:ss VV")', 1_585_903_518_000],
  ['time_to_epoch("18 December 2015", "dd MMMM yyyy")', 1_450_396_800_000],
  ['time_to_epoch("2007-12-03 10:15:30.592 America/Los_Angeles", "yyyy-MM-dd HH:mm:ss.SSS z")', 1_196_705_730_592],
  ['time_to_epoch("31 February 2015", "dd MMMM yyyy")', undefined],
  ['time_to_epoch("12:00", "dd MMMM yyyy")', undefined],
  ['trunc(2.3, 0)', 2],
  ['trunc(2.888, 2)', 2.88],
  ['trunc("2.00", 5)', 2],
  ['upper(["hello"])', '["HELLO"]'],
  ['topic(2)', 'l1'],
  ['topic(9)', undefined],
  ['sourceip()', '192.0.2.1'],
  ['traceid()', '7e146a2c-95b5-6caf-98b9-50e3969734c7'],
  ['startswith("a")', undefined],
  ['topic(1, 2)', undefined],
])('%s is %j', (expression, expected) => {
  expect(valueOf(expression)).toEqual(expected);
});

test('MQTT 5 properties are read by name', () => {
  const userProperties = { 'some key': ['some value', 'another'], other: 'x' };
  const properties = { contentType: 'text/plain', payloadFormatIndicator: true, correlationData: Buffer.from('id'), userProperties };
  expect(valueOf('get_mqtt_property("content_type")', { properties })).toBe('text/plain');
  expect(valueOf('get_mqtt_property("format_indicator")', { properties })).toBe('UTF8_DATA');
  expect(valueOf('get_mqtt_property("correlation_data")', { properties })).toBe('aWQ=');
  expect(valueOf('get_mqtt_property("response_topic")', { properties })).toBeUndefined();
  expect(valueOf('get_mqtt_property("format_indicator")')).toBe('UNSPECIFIED_BYTES');
  expect(valueOf('get_user_properties("some key")', { properties })).toEqual(['some value', 'another']);
  expect(valueOf('get_user_properties("constructor")', { properties })).toBeUndefined();
  expect(valueOf('get_user_properties()', { properties })).toEqual([
    { 'some key': 'some value' },
    { 'some key': 'another' },
    { other: 'x' },
  ]);
});

test('A regular expression that would search for years is given up', () => {
  const json = { text: `${'a'.repeat(60)}!`, pattern: '^(a+)+$' };
  expect(valueOf('regexp_matches(text, pattern)', { json })).toBeUndefined();
});

test('Texts that a statement would multiply beyond all bounds are Undefined', () => {
  const grown = Array.from({ length: 12 }).reduce<string>((inner) => `replace(${inner}, 'a', 'aaaaaaaaaa')`, "'a'");
  expect(valueOf(grown)).toBeUndefined();
  const regexp = Array.from({ length: 12 }).reduce<string>((inner) => `regexp_replace(${inner}, 'a', 'aaaaaaaaaa')`, "'a'");
  expect(valueOf(regexp)).toBeUndefined();
});
