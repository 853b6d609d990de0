import { readFileSync, readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import ts from 'typescript';
import type { Refusal } from '../../local/iot/broker/wire-behaviour.ts';
import { connectRefusals, protocolRefusals, publishRefusals, subscribeRefusals } from '../../local/iot/broker/wire-behaviour.ts';
import { refusals } from '../../local/iot/provisioning/refusals.data.ts';
import { functionNames } from '../../local/iot/rules/sql/sql-functions.ts';
import { ManualClock } from '../../local/manual-clock.ts';
import { wireServices } from '../../local/wire-services.ts';
import { codeIn, linksIn, tableWith } from '../builders/markdown.ts';

const folder = join(import.meta.dirname, '../../local');
const readme = readFileSync(join(folder, 'README.md'), 'utf8');

const services = wireServices({
  account: { accountId: '123456789012', region: 'us-east-1', partition: 'aws' },
  clock: new ManualClock(0),
  endpoint: () => 'http://127.0.0.1:0',
});

afterAll(async () => {
  services.iot.close();
  await services.lambda.stop();
  await services.dynamodb.stop();
});

describe('The support table of the local AWS', () => {
  const rows = tableWith(readme, 'service', 'signing name', 'operations', 'resource types');

  test('lists every service, and no other', () => {
    const signingNames = services.apis.flatMap((api) => api.signingNames);
    expect(rows.map(([, name = '']) => codeIn(name)[0]).sort()).toEqual([...signingNames].sort());
  });

  test.each(services.apis.map((api) => [api.signingNames.join(), api] as const))(
    'lists every operation of %s, and no other',
    (name, api) => {
      const row = rows.find(([, signingName]) => signingName === `\`${name}\``);
      expect(codeIn(row?.[2] ?? '')).toEqual([...api.operations].sort());
    },
  );

  test('lists every resource type that can be deployed, and no other', () => {
    const listed = rows.flatMap(([, , , types = '']) => codeIn(types));
    expect([...listed].sort()).toEqual(services.cloudFormation.providers.types());
  });

  test('lists every function of topic rules', () => {
    const row = tableWith(readme, 'part', 'what it does', 'what it does not').find(([part]) => part === 'topic rules');
    expect(codeIn(row?.[1] ?? '')).toEqual(expect.arrayContaining([...functionNames]));
  });
});

/** The members of an interface: types are gone at run time, so the source is read. */
const membersOf = (file: string, name: string): readonly string[] => {
  const source = ts.createSourceFile(file, readFileSync(join(folder, file), 'utf8'), ts.ScriptTarget.Latest);
  const found = source.statements.find(
    (node): node is ts.InterfaceDeclaration => ts.isInterfaceDeclaration(node) && node.name.text === name,
  );
  return found?.members.flatMap((member) => (member.name !== undefined && ts.isIdentifier(member.name) ? [member.name.text] : [])) ?? [];
};

test('Every setting stands in the README, and no other', () => {
  const listed = readme
    .split('\n')
    .slice(readme.split('\n').indexOf('## Settings'), readme.split('\n').indexOf('## What it does'))
    .flatMap((line) => (line.startsWith('| `') ? codeIn(line).slice(0, 1) : []));
  const inherited = ['dynamodbEndpoint', 'iotBehaviour', 'iotLog', 'iotSettings'];
  const broker = membersOf('iot/broker/settings.ts', 'BrokerSettings');
  const endpoint = membersOf('iot/endpoint/data-endpoint.ts', 'DataEndpointSettings').filter((name) => !name.endsWith('Port'));
  const others = [
    ...membersOf('iot/policy/policy-authorizer.ts', 'PolicySettings'),
    ...membersOf('iot/provisioning/fleet-provisioning.ts', 'ProvisioningSettings'),
  ];
  expect([...listed].sort()).toEqual([...membersOf('main.ts', 'LocalAwsOptions'), ...inherited, ...broker, ...endpoint, ...others].sort());
});

const hex = (code: number): string => `0x${code.toString(16).padStart(2, '0').toUpperCase()}`;

const wireRow = (packet: string, cause: string, { mqtt3, mqtt5 }: Refusal): readonly string[] => [
  packet,
  `\`${cause}\``,
  mqtt3 === 'close' ? mqtt3 : `acknowledge ${hex(mqtt3.code)}`,
  mqtt5 === 'close' ? mqtt5 : `${mqtt5.how} ${hex(mqtt5.code)}`,
];

describe('What the local AWS assumes', () => {
  test('about refusals over MQTT is the table that the broker works by', () => {
    const tables = { CONNECT: connectRefusals, PUBLISH: publishRefusals, SUBSCRIBE: subscribeRefusals, any: protocolRefusals };
    const expected = Object.entries(tables).flatMap(([packet, table]) =>
      Object.entries<Refusal>(table).map(([cause, refusal]) => wireRow(packet, cause, refusal)),
    );
    expect(tableWith(readme, 'packet', 'cause', 'MQTT 3.1.1', 'MQTT 5')).toEqual(expected);
  });

  test('about refusals of fleet provisioning is the table that it answers by', () => {
    const expected = refusals.map(({ operation, cause, statusCode, errorCode, basis }) => [
      `\`${operation}\``,
      cause,
      String(statusCode),
      `\`${errorCode}\``,
      basis,
    ]);
    expect(tableWith(readme, 'operation', 'cause', 'status', 'error code', 'basis')).toEqual(expected);
  });

  test('stands in the README for every file that says so', () => {
    const files = readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
      .map((entry) => relative(folder, join(entry.parentPath, entry.name)))
      .filter((file) => !file.startsWith('iot/behaviour/') && saysAssumed(readFileSync(join(folder, file), 'utf8')));
    const listed = linksIn(readme.slice(readme.indexOf('## What is assumed')));
    expect([...new Set(listed)].sort()).toEqual(files.sort());
  });
});

// In a comment; an assumed role is another matter.
const saysAssumed = (text: string): boolean =>
  text.split('\n').some((line) => /(\/\/|\*).*\b[Aa]ssumed\b/.test(line) && !/assumed[- ]role|be assumed|`arn:/.test(line));
