import { readPskSecret } from '../../../approaches/psk/evidence/secret.ts';
import { provePsk } from '../../../approaches/psk/prove.ts';
import type { LineName } from '../../../domain/identifiers.ts';
import type { SerialNumber } from '../../../domain/serial-number.ts';
import type { SharedEnvironment } from '../environment/shared-environment.ts';
import { MqttConnection } from './mqtt-connection.ts';

/** What the credential file of a device says. */
export interface PskCredential {
  readonly thingName: string;
  readonly authorizer: string;
  readonly secret: unknown;
}

export interface PskDeviceProps {
  readonly shared: Pick<SharedEnvironment, 'mqtt' | 'rootCa'>;
  readonly line: LineName;
  readonly serialNumber: SerialNumber;
  readonly credential: PskCredential;
  /** Told of each proof that is made. */
  readonly onLogin?: (login: PskLogin) => void;
}

export interface PskLogin {
  readonly username: string;
  readonly password: string;
}

const SERVER = 'localhost';

/** A device with MQTT.js and a key, which makes one proof after the other. */
export class PskDevice {
  readonly #props: PskDeviceProps;
  #counter = 0;

  constructor(props: PskDeviceProps) {
    this.#props = props;
  }

  get thingName(): string {
    return this.#props.credential.thingName;
  }

  /** The same device with the keys of another credential file as well; `use` names the version that proves. */
  withKeysOf(other: PskCredential, use: number): PskDevice {
    const { credential } = this.#props;
    const keys = [credential.secret, other.secret].flatMap((secret) => readPskSecret(secret)?.keys ?? []);
    const device = new PskDevice({ ...this.#props, credential: { ...credential, secret: { keys, use } } });
    device.#counter = this.#counter;
    return device;
  }

  /** A proof for one connection. @param at milliseconds since the epoch, as far as the device knows */
  async login({ at = Date.now(), serverName = SERVER }: { readonly at?: number; readonly serverName?: string } = {}): Promise<PskLogin> {
    const { line, serialNumber, credential } = this.#props;
    this.#counter += 1;
    const { username, password } = await provePsk.open(credential.secret).prove({
      ...{ line, serialNumber, serverName, at },
      clientId: this.thingName,
      counter: this.#counter,
      nonce: 'A'.repeat(22),
      fetch: () => Promise.reject(new Error('It asks nobody.')),
    });
    const login = { username: `${username}?x-amz-customauthorizer-name=${credential.authorizer}`, password };
    this.#props.onLogin?.(login);
    return login;
  }

  /** Dials with a proof, a fresh one unless given, and says what became of it. */
  async dial(login?: PskLogin, clientId = this.thingName): ReturnType<typeof MqttConnection.dial> {
    return MqttConnection.dial({ shared: this.#props.shared, clientId, proof: login ?? (await this.login()), serverName: SERVER });
  }

  async open(login?: PskLogin): Promise<MqttConnection> {
    const connection = await this.dial(login);
    if (typeof connection === 'string') throw new Error(`${this.thingName} could not connect: ${connection}`);
    return connection;
  }
}
