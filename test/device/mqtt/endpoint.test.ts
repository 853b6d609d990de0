import { parseEndpoint } from '../../../device/mqtt/endpoint.ts';

describe('an endpoint', () => {
  test.each([
    ['x-ats.iot.eu-west-1.amazonaws.com', { host: 'x-ats.iot.eu-west-1.amazonaws.com', port: 8883 }],
    ['localhost:18883', { host: 'localhost', port: 18_883 }],
    ['127.0.0.1:443', { host: '127.0.0.1', port: 443 }],
    ['[::1]:8884', { host: '::1', port: 8884 }],
    ['[::1]', { host: '::1', port: 8883 }],
  ])('is read from %s', (text, endpoint) => {
    expect(parseEndpoint(text)).toEqual(endpoint);
  });

  test.each(['', 'mqtts://host', 'host:', 'host:0', 'host:65536', 'host:80:80', 'ho st', '::1', 'host/path'])(
    'is not read from %j',
    (text) => {
      expect(parseEndpoint(text)).toBeUndefined();
    },
  );
});
