import type { Packet } from 'mqtt-packet';
import type { GateControls } from '../iot/broker/packet-gate.ts';

type Version = Parameters<GateControls['reply']>[1];

/** The acknowledgement that carries a code in this version, or undefined where only the end of the connection can. */
const refusingAcknowledgement = (packet: Packet, code: number, version: Version): Packet | undefined => {
  const messageId = packet.messageId ?? 0;
  if (packet.cmd === 'subscribe')
    return { cmd: 'suback', messageId, granted: packet.subscriptions.map(() => (version === 5 ? code : 0x80)) };
  if (version === 4) return undefined;
  if (packet.cmd === 'unsubscribe') return { cmd: 'unsuback', messageId, granted: packet.unsubscriptions.map(() => code) };
  return packet.cmd === 'publish' && packet.qos === 1 ? { cmd: 'puback', messageId, reasonCode: code } : undefined;
};

/** Refuses a packet by a code, as far as the protocol version has a place for it; else the connection ends over it. */
export const refusePacket = (packet: Packet, code: number, { version, controls }: { version: Version; controls: GateControls }): void => {
  if (packet.cmd === 'connect') {
    controls.close(version, { cmd: 'connack', sessionPresent: false, ...(version === 5 ? { reasonCode: code } : { returnCode: code }) });
    return;
  }
  const acknowledgement = refusingAcknowledgement(packet, code, version);
  if (acknowledgement !== undefined) controls.reply(acknowledgement, version);
  else if (version === 5) controls.close(version, { cmd: 'disconnect', reasonCode: code });
  else controls.close(version);
};
