import { ErrorWithReasonCode, ErrorWithSubackPacket } from 'mqtt';
import { MqttSessionError, type MqttSessionErrorCode } from './mqtt-session.ts';

// CONNACK return codes of 3.1.1 [MQTT-3.2.2.3 in 3.1.1] and reason codes of 5 (DG:mqtt); those not listed mean "not now".
const REFUSALS = new Set([
  0x02, // identifier rejected
  0x04, // bad user name or password
  0x05, // not authorized
  0x85, // client identifier not valid
  0x86, // bad user name or password
  0x87, // not authorized
  0x8a, // banned
  0x8f, // topic filter invalid
  0x90, // topic name invalid
]);

/** What an error of MQTT.js means. 0x80 and 0x97 are how AWS IoT says that a quota is used up. */
export const errorOfAnswer = (cause: unknown): MqttSessionError => {
  if (cause instanceof MqttSessionError) return cause;
  const reason = reasonCodeOf(cause);
  const message = cause instanceof Error ? cause.message : String(cause);
  if (reason === undefined) return new MqttSessionError('lost', `The connection broke: ${message}.`, { cause });
  const code: MqttSessionErrorCode = REFUSALS.has(reason) ? 'refused' : 'busy';
  return new MqttSessionError(code, `The server answered with reason code 0x${reason.toString(16).padStart(2, '0')}: ${message}.`, {
    cause,
  });
};

const FAILURES_FROM = 0x80;

const reasonCodeOf = (cause: unknown): number | undefined => {
  if (cause instanceof ErrorWithReasonCode) return cause.code;
  if (cause instanceof ErrorWithSubackPacket) return cause.packet.granted.map(Number).find((granted) => granted >= FAILURES_FROM);
  return undefined;
};
