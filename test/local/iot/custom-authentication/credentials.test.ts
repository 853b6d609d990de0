import fc from 'fast-check';
import { createBehaviour } from '../../../../local/iot/behaviour/behaviour.ts';
import { credentialsOf, splitUsername } from '../../../../local/iot/custom-authentication/credentials.ts';

const behaviour = createBehaviour();
const connectionId = '00000000-0000-4000-8000-000000000000';

describe('Parameters of custom authentication', () => {
  test('come from the query string of the MQTT user name', () => {
    const read = credentialsOf({ connectionId, mqtt: { username: 'lamp?a=b%26c&d=' } }, behaviour);
    expect([read('a'), read('d'), read('lamp'), read('e')]).toEqual(['b&c', '', undefined, undefined]);
  });

  test('come from headers in any case, then from the request’s query string, then from the user name', () => {
    const http = { headers: { 'X-Token': 'header' }, queryString: '?x-token=query&other=query' };
    const read = credentialsOf({ connectionId, http, mqtt: { username: '?other=name&third=name' } }, behaviour);
    expect([read('x-token'), read('other'), read('third')]).toEqual(['header', 'query', 'name']);
  });

  test('keep a plus sign where a capture says so', () => {
    const presented = { connectionId, mqtt: { username: '?s=a+b' } };
    expect(credentialsOf(presented, behaviour)('s')).toBe('a b');
    expect(credentialsOf(presented, createBehaviour({ 'custom-authentication.plus-is-space': false }))('s')).toBe('a+b');
  });

  test('survive URL-encoding, whatever they are', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.stringMatching(/^[a-zA-Z0-9_-]{1,20}$/), (value, name) => {
        const username = `lamp?${name}=${encodeURIComponent(value)}`;
        expect(credentialsOf({ connectionId, mqtt: { username } }, behaviour)(name)).toBe(value);
        expect(splitUsername(username).name).toBe('lamp');
      }),
    );
  });

  test('may be any text without harm', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string(), (username, name) => {
        credentialsOf({ connectionId, mqtt: { username } }, behaviour)(name);
      }),
    );
  });
});
