import { lineName } from '../../../domain/identifiers.ts';
import { resourceNames } from '../../../domain/resource-names.ts';
import { serialNumber } from '../../../domain/serial-number.ts';
import { thingNameOf } from '../../../domain/thing-name.ts';
import {
  assignedPresenceSql,
  auditedAssignedPresenceSql,
  auditedPresenceSql,
  claimPresenceSql,
  presenceSql,
} from '../../../lib/connections/presence-sql.ts';
import { parseRuleSql } from '../../../local/iot/rules/sql/parse-sql.ts';
import { isSelected, project } from '../../../local/iot/rules/sql/project.ts';
import { dialect, ruleContext } from '../../local/iot/rules/rule-context.ts';

const statement = parseRuleSql(presenceSql({ prefix: 'muster', paths: [] }), dialect());
const line = lineName.parse('sensor');

const jsonOf = (clientId: string, thingName = clientId) => ({
  clientId,
  thingName,
  timestamp: 1_764_000_000_000,
  eventType: 'connected',
  sessionIdentifier: 'session',
  principalIdentifier: 'certificate',
  ipAddress: '192.0.2.1',
  versionNumber: 3,
});

const contextOf = (clientId: string, json: Readonly<Record<string, string | number>>) =>
  ruleContext({ json, topic: `$aws/events/presence/connected/${clientId}`, clientId: undefined, principal: undefined });

const connected = (clientId: string, thingName?: string) => contextOf(clientId, jsonOf(clientId, thingName));

/** As whoever holds no certificate of its own is reported. */
const anonymous = (clientId: string) => {
  const { thingName, ...json } = jsonOf(clientId);
  return contextOf(thingName, json);
};

describe('The presence rule', () => {
  test.each(['A-1', 'naïve serial'])('keeps the connections of things, whatever their serial number: %s', (serial) => {
    expect(isSelected(statement, connected(thingNameOf('muster', line, serialNumber.parse(serial))))).toBe(true);
  });

  test('drops those of claims, of other deployments and of others’ clients', () => {
    const claim = `${resourceNames('muster').claimClientIdPrefix(line)}${'0'.repeat(32)}`;
    for (const clientId of [claim, 'muster2:sensor:A-1', 'my-muster:sensor:A-1', 'console']) {
      expect(isSelected(statement, connected(clientId))).toBe(false);
    }
  });

  test('passes on what activation reads, and no address', () => {
    expect(JSON.parse(project(statement, connected('muster:sensor:A-1'), '2016-03-23').toString())).toEqual({
      clientId: 'muster:sensor:A-1',
      thingName: 'muster:sensor:A-1',
      principalIdentifier: 'certificate',
      sessionIdentifier: 'session',
      timestamp: 1_764_000_000_000,
    });
  });
});

describe('The presence rule of lines whose devices keep the client ids of another service', () => {
  const ofPaths = parseRuleSql(presenceSql({ prefix: 'muster', paths: ['projects/p1/devices', 'site'] }), dialect());

  test.each(['projects/p1/devices/A-1', 'site/A-1', 'muster:sensor:A-1'])('keeps %s', (clientId) => {
    expect(isSelected(ofPaths, anonymous(clientId))).toBe(true);
  });

  test.each(['projects/p2/devices/A-1', 'projects/p1/devices', 'sites/A-1', 'muster-claim-sensor-1'])('drops %s', (clientId) => {
    expect(isSelected(ofPaths, anonymous(clientId))).toBe(false);
  });
});

describe('The presence rule of client ids that AWS IoT assigns', () => {
  const assigned = parseRuleSql(assignedPresenceSql('muster'), dialect());

  test('keeps those of our things, and drops those of others and of nobody', () => {
    expect(isSelected(assigned, connected('$GEN/0a1b', 'muster:lamp:A-1'))).toBe(true);
    expect(isSelected(assigned, connected('$GEN/0a1b', 'other:lamp:A-1'))).toBe(false);
    expect(isSelected(assigned, anonymous('$GEN/0a1b'))).toBe(false);
  });

  test('leaves to the other rule what connects under its own name', () => {
    expect(isSelected(assigned, connected('muster:lamp:A-1'))).toBe(false);
  });
});

describe('The presence rule of claims', () => {
  const ofClaims = parseRuleSql(claimPresenceSql('muster'), dialect());
  const claim = `${resourceNames('muster').claimClientIdPrefix(line)}${'0'.repeat(32)}`;

  test('keeps the connections of claims, and drops those of things and of other deployments', () => {
    expect(isSelected(ofClaims, connected(claim))).toBe(true);
    for (const clientId of ['muster:sensor:A-1', 'muster2-claim-sensor-1', 'my-muster-claim-sensor-1']) {
      expect(isSelected(ofClaims, connected(clientId))).toBe(false);
    }
  });

  test('passes on who connected, when, and from where', () => {
    expect(JSON.parse(project(ofClaims, connected(claim), '2016-03-23').toString())).toEqual({
      clientId: claim,
      principalIdentifier: 'certificate',
      ipAddress: '192.0.2.1',
      timestamp: 1_764_000_000_000,
    });
  });
});

describe('The presence rule for the record', () => {
  const ids = { prefix: 'muster', paths: ['site'] };
  const ofClaims = parseRuleSql(auditedPresenceSql(ids, 'claims'), dialect());
  const ofAll = parseRuleSql(auditedPresenceSql(ids, 'all'), dialect());
  const ofAssigned = parseRuleSql(auditedAssignedPresenceSql('muster'), dialect());
  const claim = `${resourceNames('muster').claimClientIdPrefix(line)}Ab12`;

  test('keeps connections under claims with their address, and those of devices where they are wanted', () => {
    expect(JSON.parse(project(ofClaims, connected(claim), '2016-03-23').toString())).toMatchObject({
      eventType: 'connected',
      ipAddress: '192.0.2.1',
    });
    for (const clientId of [claim, 'muster:sensor:A-1', 'site/A-1', 'console'])
      expect([isSelected(ofClaims, connected(clientId)), isSelected(ofAll, connected(clientId))]).toEqual([
        clientId === claim,
        clientId !== 'console',
      ]);
    expect(isSelected(ofAssigned, connected('$GEN/1', 'muster:sensor:A-1'))).toBe(true);
    expect(isSelected(ofAssigned, anonymous('$GEN/1'))).toBe(false);
  });

  test('keeps that they ended, and not that somebody was refused', () => {
    const told = (eventType: string) => contextOf(claim, { ...jsonOf(claim), eventType });
    expect(['disconnected', 'connect_failed'].map((eventType) => isSelected(ofClaims, told(eventType)))).toEqual([true, false]);
  });
});
