import fc from 'fast-check';
import { readPresentation } from '../../../lambdas/device-authorizer/presentation.ts';
import { type ConnectingClient, SERVER_NAME, anAuthorizerEvent } from '../../builders/authorizer-event.ts';
import { NOON } from '../../builders/enrollment.ts';

const read = (event: unknown) => readPresentation(event, NOON);
const readClient = (client: ConnectingClient) => read(anAuthorizerEvent(client));

/** The event with one part of MQTT as AWS IoT would never or rarely send it. */
const withMqtt = (more: object) => {
  const event = anAuthorizerEvent();
  return { ...event, protocolData: { ...event.protocolData, mqtt: { ...event.protocolData.mqtt, ...more } } };
};

describe('An event of AWS IoT', () => {
  test('is read for what the device presents', () => {
    expect(readClient({})).toEqual({
      at: NOON,
      connectionId: '0c1d2e3f-0000-4000-8000-000000000001',
      serverName: SERVER_NAME,
      clientId: 'muster:sensor:SN-1',
      username: 'muster:sensor:SN-1',
      password: 'sesame',
    });
  });

  test.each([
    ['lamp?x-amz-customauthorizer-name=muster-psk', 'lamp'],
    ['lamp?x=1?y=2', 'lamp'],
    ['lamp', 'lamp'],
    ['?x-amz-customauthorizer-name=muster-psk', ''],
    ['', ''],
  ])('has the user name "%s" without the query string in which the authorizer is named', (username, expected) => {
    expect(readClient({ username })?.username).toBe(expected);
  });

  test('may lack user name and password, as devices leave them out', () => {
    expect(read(withMqtt({ username: undefined, password: undefined }))).toMatchObject({ username: '', password: '' });
  });

  test('may hold more than is known today, which is not read', () => {
    expect(read({ ...anAuthorizerEvent(), surprise: 1 })).toEqual(readClient({}));
  });

  test('has any password back that is text of UTF-8, letter for letter', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 3_000 }), (text) => {
        const password = text.toWellFormed();
        expect(readClient({ password })?.password).toBe(password);
      }),
    );
  });

  test.each<[string, unknown]>([
    ['nothing', undefined],
    ['text', 'event'],
    ['no protocol data', { connectionMetadata: { id: 'a' } }],
    ['no MQTT', { ...anAuthorizerEvent(), protocolData: { tls: { serverName: SERVER_NAME } } }],
    ['no server name', { ...anAuthorizerEvent(), protocolData: { mqtt: anAuthorizerEvent().protocolData.mqtt } }],
    ['an empty server name', anAuthorizerEvent({ serverName: '' })],
    ['a server name that is none', anAuthorizerEvent({ serverName: 'endpoint,other' })],
    ['no connection', { ...anAuthorizerEvent(), connectionMetadata: {} }],
    ['a connection of another kind', anAuthorizerEvent({ connectionId: 'a\nb' })],
    ['no client id', withMqtt({ clientId: undefined })],
    ['an empty client id', anAuthorizerEvent({ clientId: '' })],
    ['a client id that is too long', anAuthorizerEvent({ clientId: 'x'.repeat(129) })],
    ['a client id with a look-alike letter', anAuthorizerEvent({ clientId: 'muster:sensor:ЅN-1' })],
    ['a client id with what nobody sees', anAuthorizerEvent({ clientId: 'muster:sensor:SN-1\u200b' })],
    ['a user name that turns the reading direction', anAuthorizerEvent({ username: 'muster:sensor:\u202e1-NS' })],
    ['a user name that is too long', anAuthorizerEvent({ username: 'x'.repeat(2_049) })],
    ['a password that is too long', anAuthorizerEvent({ password: 'x'.repeat(12_289) })],
    ['a password that is no base64', withMqtt({ password: 'se same' })],
    ['a password in base64 of URLs', withMqtt({ password: '-_8=' })],
    ['a password without padding', withMqtt({ password: 'YQ' })],
    ['a password whose last letter has bits that mean nothing', withMqtt({ password: 'YR==' })],
    ['a password that is no UTF-8', withMqtt({ password: Buffer.from([0xc3, 0x28]).toString('base64') })],
    ['a password that writes a letter longer than need be', withMqtt({ password: Buffer.from([0xc0, 0xaf]).toString('base64') })],
    ['a password with half of a letter', withMqtt({ password: Buffer.from([0xed, 0xa0, 0x80]).toString('base64') })],
    ['a password that is a number', withMqtt({ password: 1 })],
  ])('is not read with %s', (_, event) => {
    expect(read(event)).toBeUndefined();
  });

  test('takes a password of the longest kind', () => {
    expect(readClient({ password: 'x'.repeat(12_288) })?.password).toHaveLength(12_288);
  });

  test('never makes the reading fail, whatever it holds', () => {
    fc.assert(
      fc.property(fc.anything(), fc.anything(), (mqtt, tls) => {
        read({ protocolData: { mqtt, tls }, connectionMetadata: { id: 'a' } });
        read(mqtt);
      }),
    );
  });
});
