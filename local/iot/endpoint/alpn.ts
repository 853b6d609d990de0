/** Which client certificate, port and protocol name mean which authentication (DG:protocols). */
export const alpn = {
  mutualTls: 'x-amzn-mqtt-ca',
  mutualTlsHttp: 'x-amzn-http-ca',
  customAuthentication: 'mqtt',
  http: 'http/1.1',
} as const;
