import { assumed, documented } from './fact.ts';
import { RulesWorld } from './rules-world.ts';

const guide = (page: string): string => `IoT developer guide, "${page}"`;

let world: RulesWorld;

beforeAll(async () => {
  world = await RulesWorld.start();
});

afterAll(() => world.stop());

const refused = (sql: string, name = 'SqlParseException', awsIotSqlVersion = '2016-03-23') =>
  expect(world.createRule({ sql, awsIotSqlVersion })).rejects.toMatchObject({ name });

describe('SELECT', () => {
  const payload = '{"color":{"red":255},"temperature":50}';

  documented(guide('SELECT clause'), 'takes members, nested ones too, renames them and adds others', async () => {
    expect(await world.outgoing('color.red AS red_value, temperature', payload)).toBe('{"red_value":255,"temperature":50}');
    expect(await world.outgoing('*, 15 AS speed', payload)).toBe('{"color":{"red":255},"temperature":50,"speed":15}');
    expect(await world.outgoing('(temperature - 32) * 5 / 9 AS celsius', payload)).toBe('{"celsius":10}');
  });

  documented(guide('SELECT clause'), 'puts out one value with VALUE', async () => {
    expect(await world.outgoing('VALUE temperature', payload)).toBe('50');
    expect(await world.outgoing('VALUE [temperature, color.red]', payload)).toBe('[50,255]');
  });

  documented(guide('JSON extensions'), 'puts a value where AS says', async () => {
    expect(await world.outgoing('foo.bar AS bar.baz', '{"foo":{"bar":"RED"}}')).toBe('{"bar":{"baz":"RED"}}');
  });

  documented(guide('Data types'), 'leaves out what is Undefined, and keeps Null', async () => {
    expect(await world.outgoing('foo, bar, NULL AS n', '{"foo":null}')).toBe('{"foo":null,"n":null}');
    expect(await world.outgoing('VALUE bar')).toBe('');
  });

  documented(guide('Working with binary payloads'), 'passes other payloads on and encodes them', async () => {
    expect(await world.outgoing('*', 'no JSON')).toBe('no JSON');
    expect(await world.outgoing("encode(*, 'base64') AS data", Buffer.from([0, 255]))).toBe('{"data":"AP8="}');
    expect(await world.outgoing('*, clientid() AS id', '')).toBe('{"id":"rules-client"}');
  });

  assumed('rules.additions-to-other-payloads', 'adds nothing to a payload that is no JSON', async () => {
    expect(await world.outgoing('*, clientid() AS id', 'no JSON')).toBe('no JSON');
  });

  assumed('rules.select-all-keeps-white-space', 'writes JSON anew', async () => {
    expect(await world.outgoing('*', '{ "a" : 1 }')).toBe('{"a":1}');
  });

  assumed('rules.same-name-twice', 'keeps the last of two values with one name', async () => {
    expect(await world.outgoing('a, b AS a', '{"a":1,"b":2}')).toBe('{"a":2}');
  });

  assumed('rules.call-without-alias', 'names the value of a function after the function', async () => {
    expect(await world.outgoing('clientid()')).toBe('{"clientid":"rules-client"}');
  });

  assumed('rules.expression-without-alias', 'needs AS for other expressions', () => refused("SELECT a + 1 FROM 'a'"));

  assumed('rules.digits-in-names', 'takes names with digits', async () => {
    expect(await world.outgoing('device1.item2', '{"device1":{"item2":3}}')).toBe('{"item2":3}');
  });

  assumed('rules.array-of-2015-10-08', 'puts out no array in SQL version 2015-10-08', async () => {
    expect(await world.outgoing('VALUE a', '{"a":[1]}', { version: '2015-10-08' })).toBe('');
  });
});

describe('WHERE', () => {
  documented(guide('WHERE clause'), 'decides whether actions are performed', async () => {
    const sql = "SELECT * FROM 'in/where' WHERE temperature > 50 AND color <> 'red'";
    await world.createRule({ sql, actions: [world.republish('out/where')] });
    for (const message of ['{"color":"red","temperature":60}', '{"color":"blue"}', '{"color":"blue","temperature":60}'])
      await world.client.publishAsync('in/where', message, { qos: 1 });
    expect(await world.hear('out/where')).toBe('{"color":"blue","temperature":60}');
  });

  documented(guide('WHERE clause'), 'looks into payloads that are no JSON objects', async () => {
    const value = "decode(encode(*, 'base64'), 'base64')";
    expect(await world.outgoing(`${value} AS value`, '80', { where: `WHERE ${value} > 50` })).toBe('{"value":80}');
  });
});

describe('Expressions', () => {
  documented(guide('Operators'), 'compare and convert', async () => {
    const expressions = [
      "'10' > 9",
      '1 = 1.0',
      "1 = '1'",
      "1 <> '1'",
      '3 IN [1, 2, 3]',
      "NOT 'TRUE'",
      'true AND missing',
      "'a' + 1",
      '7 / 2',
      '7.5 / 2.5',
    ];
    expect(await world.valuesOf(expressions)).toEqual([true, true, false, true, true, false, undefined, 'a1', 3, 3]);
  });

  documented(guide('Case statements'), 'branch', async () => {
    const cases = ["CASE color WHEN 'green' THEN 'go' WHEN 'yellow' THEN 'caution' ELSE 'none' END", "CASE color WHEN 'red' THEN 1 END"];
    expect(await world.valuesOf([...cases, 'CASE missing WHEN 1 THEN 2 ELSE 3 END'], { color: 'yellow' })).toEqual([
      'caution',
      undefined,
      undefined,
    ]);
  });

  documented(guide('Functions'), 'take functions of texts, numbers and encodings', async () => {
    const expressions = [
      'replace("abcd", "bc", "x")',
      'Round(-1.5)',
      'md5("hello")',
      'regexp_substr("hihihello", "(hi)*")',
      'lpad(1, 3)',
      'cast(true as Int)',
    ];
    expect(await world.valuesOf(expressions)).toEqual(['axd', -2, '5d41402abc4b2a76b9719d911017c592', 'hihi', '   1', 1]);
  });

  documented(guide('Functions'), 'take functions of time', async () => {
    const expressions = [
      `parse_time("yyyy.MM.dd G 'at' HH:mm:ss z", 100000000, 'America/Belize')`,
      'time_to_epoch("2020-04-03 09:45:18 UTC+01:00", "yyyy-MM-dd HH:mm:ss VV")',
      'sql_version()',
    ];
    expect(await world.valuesOf(expressions)).toEqual(['1970.01.01 AD at 21:46:40 CST', 1_585_903_518_000, '2016-03-23']);
  });

  documented(guide('Functions'), 'ask about the message and its sender', async () => {
    const [topic, client, principal, account, trace, address] = await world.valuesOf([
      'topic(1)',
      'clientid()',
      'principal()',
      'accountid()',
      'traceid()',
      'sourceip()',
    ]);
    expect([topic, client, principal, account]).toEqual(['in', 'rules-client', world.device.certificateId, '123456789012']);
    expect(trace).toMatch(/^[0-9a-f-]{36}$/);
    expect(address).toBe('127.0.0.1');
  });

  documented(guide('Functions'), 'ask about MQTT 5 properties', async () => {
    const select = "get_mqtt_property('content_type') AS type, get_user_properties('k') AS k";
    await world.createRule({ sql: `SELECT ${select} FROM 'in/properties'`, actions: [world.republish('out/properties')] });
    await world.client.publishAsync('in/properties', 'x', {
      qos: 1,
      properties: { contentType: 'text', userProperties: { k: ['1', '2'] } },
    });
    expect(await world.hear('out/properties')).toBe('{"type":"text","k":["1","2"]}');
  });

  assumed('rules.quotation-mark-is-doubled', 'write a quotation mark twice', async () => {
    expect(await world.valuesOf(["'it''s'"])).toEqual(["it's"]);
  });

  assumed('rules.decimal-to-int', 'round down to Int', async () => {
    expect(await world.valuesOf(["substring('012345', 2.745)", 'get([1, 2], 0.9)'])).toEqual(['2345', 1]);
  });

  assumed('rules.concat-of-one', 'leave a single argument of concat as it is', async () => {
    expect(await world.valuesOf(['concat(1)'])).toEqual([1]);
  });

  assumed('rules.wrong-argument-count', 'yield Undefined for too few arguments', async () => {
    expect(await world.valuesOf(["startswith('a')", '1'])).toEqual([undefined, 1]);
  });
});

describe('CreateTopicRule', () => {
  documented(
    'API reference, CreateTopicRule',
    'refuses SQL that cannot be read, and what the local AWS does not have by its name',
    async () => {
      await refused("SELECT FROM 'a'");
      await refused("SELECT * FROM 'a/#/b'");
      await expect(world.createRule({ sql: "SELECT aws_lambda('f', a) AS x FROM 'a'" })).rejects.toThrow(
        /function aws_lambda is not supported/,
      );
      await expect(world.createRule({ sql: "SELECT (SELECT n FROM e) AS x FROM 'a'" })).rejects.toThrow(/nested query is not supported/);
    },
  );

  documented(guide('SQL versions'), 'knows three SQL versions', () =>
    refused("SELECT * FROM 'a'", 'InvalidRequestException', '2020-01-01'),
  );

  assumed('rules.later-language', 'refuses later functions in SQL version 2015-10-08', () =>
    refused("SELECT length(a) AS x FROM 'a'", 'SqlParseException', '2015-10-08'),
  );

  assumed('rules.beta-version', 'reads beta as the latest version', async () => {
    expect(await world.valuesOf(['length(a)'], { a: 'abc' }, 'beta')).toEqual([3]);
  });

  assumed('rules.topic-in-double-quotes', 'takes a topic filter in double quotation marks', async () => {
    await expect(world.createRule({ sql: 'SELECT * FROM "a/b"' })).resolves.toMatch(/^rule/);
  });
});
