import { lineName } from '../../domain/identifiers.ts';
import { resourceNames } from '../../domain/resource-names.ts';
import { serialNumber } from '../../domain/serial-number.ts';
import { thingNameOf } from '../../domain/thing-name.ts';
import { claimPresenceSql, presenceSql } from '../../lib/presence-sql.ts';
import { parseRuleSql } from '../../local/iot/rules/sql/parse-sql.ts';
import { isSelected, project } from '../../local/iot/rules/sql/project.ts';
import { dialect, ruleContext } from '../local/iot/rules/rule-context.ts';

const statement = parseRuleSql(presenceSql('muster'), dialect());
const line = lineName.parse('sensor');

const connected = (clientId: string) => {
  const json = {
    clientId,
    thingName: clientId,
    timestamp: 1_764_000_000_000,
    eventType: 'connected',
    sessionIdentifier: 'session',
    principalIdentifier: 'certificate',
    ipAddress: '192.0.2.1',
    versionNumber: 3,
  };
  return ruleContext({ json, topic: `$aws/events/presence/connected/${clientId}`, clientId: undefined, principal: undefined });
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
