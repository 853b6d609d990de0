import type { Clock } from '../../clock.ts';
import { TokenBucket } from '../../token-bucket.ts';
import type { IotBehaviour } from '../behaviour/behaviour.ts';
import { type ParsedCertificate, parseCertificate } from '../certificate-authority/parsed-certificate.ts';
import { certificateObjection } from '../certificate-authority/registered-certificate.ts';
import type { MessageBroker } from '../connection.ts';
import type { IotLog } from '../events/iot-log.ts';
import { isCurrent } from '../own-ca/validity.ts';
import { addCertificate } from '../registry/certificate-store.ts';
import type { CaCertificate, Certificate } from '../registry/records.ts';
import type { JustInTime, PresentedCertificate } from './just-in-time.ts';
import { type ProvisioningPorts, provisionCertificate } from './provision-certificate.ts';
import { registeredMessage } from './registered-message.ts';
import { registeringAuthority } from './registering-authority.ts';

export interface JustInTimeSettings {
  /** Certificates that devices may register by connecting, per second: 15 unless given; `off` lets any rate through. */
  readonly deviceRegistrationsPerSecond?: number | 'off';
}

export interface JustInTimeOptions extends ProvisioningPorts {
  readonly clock: Clock;
  /** Asked for when there is something to say, because the broker is made after its services. */
  readonly broker: () => Pick<MessageBroker, 'publish'>;
  readonly log: IotLog;
  readonly settings?: JustInTimeSettings;
}

/** GR, "device certificates that can be registered per second". */
const awsRate = 15;

/** Why a certificate of a registered authority is not registered, or undefined when it is. */
const objectionTo = (certificate: ParsedCertificate, behaviour: IotBehaviour, now: number): string | undefined => {
  const isAcceptable = isCurrent(certificate, now) || behaviour['just-in-time.registers-invalid'];
  return isAcceptable ? certificateObjection(certificate) : 'a validity that has ended or not yet begun';
};

class Registrar implements JustInTime {
  readonly #options: JustInTimeOptions;
  readonly #rate: TokenBucket | undefined;
  /** Certificates that a template is working on. */
  readonly #underWay = new Set<string>();

  constructor(options: JustInTimeOptions) {
    const { deviceRegistrationsPerSecond: rate = awsRate } = options.settings ?? {};
    this.#options = options;
    this.#rate = rate === 'off' ? undefined : new TokenBucket(options.clock, rate);
  }

  presented(presented: PresentedCertificate): void {
    const { registry } = this.#options;
    // "The device is required to send the Server Name Indication" (DG:auto-register-device-cert, DG:jit-provisioning).
    const parsed = presented.serverName === undefined ? undefined : parseCertificate(presented.certificateDer);
    if (parsed === undefined) return;
    const known = registry.certificates.get(parsed.certificateId);
    if (known === undefined) this.#register(presented, parsed);
    else this.#presentedAgain(presented, parsed, known);
  }

  #register(presented: PresentedCertificate, parsed: ParsedCertificate): void {
    const { registry, behaviour, clock } = this.#options;
    const authority = registeringAuthority(registry, parsed, behaviour);
    if (authority === undefined) return;
    const objection = objectionTo(parsed, behaviour, clock.now());
    const details = objection === undefined ? this.#rateObjection() : `The certificate has ${objection}`;
    this.#logRegistration(presented, parsed, details);
    if (details !== undefined) return;
    const certificate = addCertificate(
      registry,
      { ...parsed, certificatePem: parsed.x509.toString() },
      { status: 'PENDING_ACTIVATION', mode: authority.mode, caCertificateId: authority.certificateId },
    );
    this.#proceed(presented, parsed, { certificate, authority });
  }

  #rateObjection(): string | undefined {
    return this.#rate?.take() === false ? 'Rate exceeded' : undefined;
  }

  /** "… or when a client presents a certificate in the PENDING_ACTIVATION status" (DG:auto-register-device-cert). */
  #presentedAgain(presented: PresentedCertificate, parsed: ParsedCertificate, certificate: Certificate): void {
    const authority = this.#options.registry.caCertificates.get(certificate.caCertificateId ?? '');
    if (certificate.status !== 'PENDING_ACTIVATION' || authority?.autoRegisters !== true || authority.status !== 'ACTIVE') return;
    const isTemplates = authority.registrationConfig !== undefined;
    if (isTemplates && (this.#underWay.has(certificate.certificateId) || !this.#options.behaviour['just-in-time.failure-is-retried']))
      return;
    this.#proceed(presented, parsed, { certificate, authority });
  }

  #proceed(
    presented: PresentedCertificate,
    parsed: ParsedCertificate,
    { certificate, authority }: { readonly certificate: Certificate; readonly authority: CaCertificate },
  ): void {
    const { behaviour, clock } = this.#options;
    const { certificateId } = certificate;
    const { registrationConfig: config } = authority;
    if (config === undefined || behaviour['just-in-time.provisioning-announces']) this.#announce(presented, certificate, authority);
    if (config === undefined) return;
    this.#underWay.add(certificateId);
    clock.setTimer(() => {
      const facts = { clientId: presented.clientId, deviceCertificateId: certificateId, provisioningTemplateName: config.templateName };
      void this.#provision(config, { certificate, parsed }, facts);
    }, behaviour['just-in-time.provisioning-delay-ms']);
  }

  async #provision(
    config: NonNullable<CaCertificate['registrationConfig']>,
    subject: { readonly certificate: Certificate; readonly parsed: ParsedCertificate },
    facts: Readonly<Record<string, unknown>>,
  ): Promise<void> {
    const { log } = this.#options;
    try {
      await provisionCertificate(this.#options, config, subject);
      log({ eventType: 'ProvisionDevice', status: 'Success', ...facts });
    } catch (error) {
      log({ eventType: 'ProvisionDevice', status: 'Failure', ...facts, details: String(error) });
    } finally {
      this.#underWay.delete(subject.certificate.certificateId);
    }
  }

  #announce({ clientId, sourceIp, sourcePort }: PresentedCertificate, certificate: Certificate, authority: CaCertificate): void {
    const { broker, clock } = this.#options;
    const { certificateId, createdAt: registeredAt } = certificate;
    const facts = { certificateId, caCertificateId: authority.certificateId, registeredAt, now: clock.now() };
    void broker().publish(registeredMessage(facts, this.#options), {
      ...{ clientId, principalId: certificateId, thing: undefined, sourceIp, sourcePort },
      ...{ protocolVersion: 4, sessionIdentifier: this.#options.registry.newId() },
    });
  }

  #logRegistration({ clientId, sourceIp, sourcePort }: PresentedCertificate, { certificateId }: ParsedCertificate, details?: string): void {
    this.#options.log({
      eventType: this.#options.behaviour['just-in-time.log-event-type'],
      ...{
        status: details === undefined ? 'Success' : 'Failure',
        protocol: 'MQTT',
        clientId,
        principalId: certificateId,
        sourceIp,
        sourcePort,
      },
      ...(details === undefined ? {} : { details }),
    });
  }
}

/**
 * Just-in-time registration and provisioning: a certificate that an account's own authority signed becomes known when a
 * device first connects with it. That connection is refused like any other with an unknown certificate.
 */
export const createJustInTime = (options: JustInTimeOptions): JustInTime => new Registrar(options);
