/** Where the broker listens. */
export interface Endpoint {
  readonly host: string;
  readonly port: number;
}

/** The port on which MQTT shares 443 with other protocols and is told apart by ALPN (DG:protocols). */
export const ALPN_PORT = 443;
const DEFAULT_PORT = 8883;
const FORM = /^(?:\[(?<v6>[0-9a-fA-F:.]+)\]|(?<host>[A-Za-z0-9.-]+))(?::(?<port>\d{1,5}))?$/;

/** Reads `host`, `host:port` or `[::1]:port`; `undefined` when it is none of these. The port is 8883 unless given or said. */
export const parseEndpoint = (text: string, defaultPort = DEFAULT_PORT): Endpoint | undefined => {
  const { v6, host, port } = FORM.exec(text)?.groups ?? {};
  const name = v6 ?? host;
  const number = port === undefined ? defaultPort : Number(port);
  return name === undefined || number < 1 || number > 65_535 ? undefined : { host: name, port: number };
};
