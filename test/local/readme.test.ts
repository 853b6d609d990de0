import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { controlRoutes } from '../../local/control/control-routes.ts';
import { RequestLog } from '../../local/control/request-log.ts';
import { FaultBook } from '../../local/faults/fault-book.ts';
import { ManualClock } from '../../local/manual-clock.ts';
import { Issuers } from '../../local/oauth/issuers.ts';
import { functionNames } from '../../local/iot/rules/sql/sql-functions.ts';
import { codeIn, tableWith } from '../builders/markdown.ts';

const folder = join(import.meta.dirname, '../../local');
const readme = readFileSync(join(folder, 'README.md'), 'utf8');

test('The README lists every function of topic rules', () => {
  const row = tableWith(readme, 'part', 'what it does', 'what it does not').find(([part]) => part === 'topic rules');
  expect(codeIn(row?.[1] ?? '')).toEqual(expect.arrayContaining([...functionNames]));
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
  const inherited = ['iotBehaviour', 'iotLog', 'iotSettings'];
  const broker = membersOf('iot/broker/settings.ts', 'BrokerSettings');
  const endpoint = membersOf('iot/endpoint/device-endpoint.ts', 'DeviceEndpointSettings').filter((name) => !name.endsWith('Port'));
  const others = [
    ...membersOf('iot/policy/policy-authorizer.ts', 'PolicySettings'),
    ...membersOf('iot/provisioning/fleet-provisioning.ts', 'ProvisioningSettings'),
    ...membersOf('iot/control-plane/operation-throttle.ts', 'OperationThrottleSettings'),
    ...membersOf('iot/just-in-time/create-just-in-time.ts', 'JustInTimeSettings'),
    ...membersOf('iot/jobs/request-rates.ts', 'JobSettings'),
  ];
  expect([...listed].sort()).toEqual([...membersOf('main.ts', 'LocalAwsOptions'), ...inherited, ...broker, ...endpoint, ...others].sort());
});

test('Every request of the control endpoint stands in the README', () => {
  const clock = new ManualClock(0);
  const issuers = new Issuers({ endpoint: () => '', intercept: (_call, proceed) => proceed() });
  const subject = {
    clock,
    issuers,
    faults: new FaultBook(clock),
    requests: new RequestLog(1),
    accounts: [],
    ports: () => ({}),
    rootCa: '',
  };
  const paths = controlRoutes(subject).map(({ path }) => `/_local${path.replaceAll(/\{(\w+)\}/g, '<$1>')}`);
  const section = readme.slice(readme.indexOf('## An issuer of tokens'), readme.indexOf('## Where it differs'));
  expect(paths.filter((path) => !section.includes(path))).toEqual([]);
});
