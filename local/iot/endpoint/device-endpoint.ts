import type { TLSSocket } from 'node:tls';

import type { ServerCredentials } from '../certificate-authority/server-credentials.ts';
import { serverNameOf } from './server-name.ts';
import { createTlsListener } from './tls-listener.ts';

/** The doors of the endpoint, by what AWS has on them: 8883 (`mqtt`), 443 (`alpn`, where ALPN decides) and 8443 (`https`). */
export type EndpointPort = 'mqtt' | 'alpn' | 'https';

/** One account's AWS IoT Core behind the endpoint that all accounts of a region share. */
export interface EndpointTenant {
  /** Whether a name is one of the account's endpoints (`<prefix>-ats.iot.<region>.amazonaws.com`, domain configurations). */
  isEndpoint(serverName: string): boolean;
  /** The account's endpoints whose security policy is not the default one, and its name. */
  securityPolicies(): ReadonlyMap<string, string>;
  /** Takes over a connection after its handshake. */
  accept(socket: TLSSocket, port: EndpointPort): void;
}

export interface DeviceEndpointSettings {
  /** 0 picks a free one. */
  readonly mqttPort?: number;
  /** Port that chooses the authentication by ALPN, as 443 does at AWS; 0 picks a free one. */
  readonly alpnPort?: number;
  /** Port of HTTPS with client certificates, which is 8443 at AWS; 0 picks a free one. */
  readonly httpsPort?: number;
  /** Accept SNI `localhost` beside the accounts' endpoint names. AWS knows no such name; without it nobody could connect by name. */
  readonly allowLoopbackNames?: boolean;
}

export interface DeviceEndpointOptions {
  readonly credentials: Pick<ServerCredentials, 'privateKey' | 'certificate'> & Partial<Pick<ServerCredentials, 'certificateFor'>>;
  /** The first one also owns the loopback names. */
  readonly tenants: readonly EndpointTenant[];
  readonly settings?: DeviceEndpointSettings;
}

export interface DeviceEndpoint {
  /** Opens all listeners on 127.0.0.1. Rejects when a port is taken. */
  listen(): Promise<{ readonly mqttPort: number; readonly alpnPort: number; readonly httpsPort: number }>;
  /** Cuts all connections. */
  close(): Promise<void>;
}

/**
 * Whom a connection is for. Without SNI a certificate that several accounts may know says nothing, so only an endpoint
 * with a single account takes it ("devices must use SNI" for multi-account registration, DG:x509-client-certs).
 */
const tenantOf = (tenants: readonly EndpointTenant[], serverName: string | undefined): EndpointTenant | undefined => {
  if (serverName === undefined) return tenants.length === 1 ? tenants[0] : undefined;
  return tenants.find((tenant) => tenant.isEndpoint(serverName)) ?? tenants[0];
};

/** The TLS listeners of AWS IoT Core, which lead each connection to the account that it names by SNI. */
export const createDeviceEndpoint = ({ credentials, tenants, settings = {} }: DeviceEndpointOptions): DeviceEndpoint => {
  const { mqttPort = 0, alpnPort = 0, httpsPort = 0, allowLoopbackNames = true } = settings;
  const isServerName = (serverName: string): boolean =>
    tenants.some((tenant) => tenant.isEndpoint(serverName)) || (allowLoopbackNames && serverName === 'localhost');
  const securityPolicies = (): ReadonlyMap<string, string> => new Map(tenants.flatMap((tenant) => [...tenant.securityPolicies()]));
  const listenerOn = (number: number, port: EndpointPort) =>
    createTlsListener({
      ...{
        port: number,
        usesAlpn: port === 'alpn',
        isServerName,
        securityPolicies,
        credentials: { key: credentials.privateKey, cert: credentials.certificate, certFor: credentials.certificateFor },
      },
      onSecure: (socket) => {
        const tenant = tenantOf(tenants, serverNameOf(socket));
        if (tenant === undefined) socket.destroy();
        else tenant.accept(socket, port);
      },
    });
  const [mqtt, byAlpn, https] = [listenerOn(mqttPort, 'mqtt'), listenerOn(alpnPort, 'alpn'), listenerOn(httpsPort, 'https')];
  return {
    listen: async () => ({ mqttPort: await mqtt.listen(), alpnPort: await byAlpn.listen(), httpsPort: await https.listen() }),
    close: async () => {
      await Promise.all([mqtt, byAlpn, https].map((listener) => listener.close()));
    },
  };
};
