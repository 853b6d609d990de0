import type { ReasonCode } from '../reason-code.ts';
import type { Exchange } from './exchange.ts';

/** What an operator is told of a refusal. */
export interface Advice {
  /** The exchange of the sequence diagram that the reason points at. */
  readonly exchange: Exchange;
  readonly wrong: string;
  readonly todo: string;
}

/** What each reason means and what to do about it. The page on events says the same in the same words; a test holds it to that. */
export const adviceFor: Readonly<Record<ReasonCode, Advice>> = {
  'malformed-request': {
    exchange: 'registration',
    wrong: 'the request is not what devices send: unknown parameters, no serial, text that is no text',
    todo: "look at the device's firmware; many of them are an attack",
  },
  'unknown-template': {
    exchange: 'registration',
    wrong: 'the call names a template that is not of this deployment',
    todo: 'somebody calls the hook past its templates: find out who',
  },
  'unknown-claim': {
    exchange: 'claim-connection',
    wrong: 'the claim certificate is on no record',
    todo: 'it was made by hand, or its record was deleted: deactivate it',
  },
  'claim-closed': {
    exchange: 'claim-connection',
    wrong: 'the claim was closed',
    todo: 'nothing, if it was meant; else create another for the rest of the batch',
  },
  'claim-not-yet-open': {
    exchange: 'claim-connection',
    wrong: 'the claim opens later',
    todo: "wait, or look at the factory's clock",
  },
  'claim-expired': {
    exchange: 'claim-connection',
    wrong: "the claim's time is over",
    todo: 'create another for the rest of the batch',
  },
  'claim-of-another-line': {
    exchange: 'claim-connection',
    wrong: "the claim was made for another line than the template's",
    todo: "give the device its own line's claim; a pattern of them means a leaked claim",
  },
  'claim-quota-exhausted': {
    exchange: 'claim-connection',
    wrong: 'the claim has admitted as many serials as it may',
    todo: 'count the batch: more devices than were made means clones',
  },
  'line-closed': {
    exchange: 'registration',
    wrong: 'the line is closed, and the device was not in it yet',
    todo: 'nothing, if it was meant; else open the line in the configuration, and deploy that',
  },
  'serial-outside-claim': {
    exchange: 'registration',
    wrong: "the serial lies outside the claim's range or manifest",
    todo: "give the device its own batch's claim; a pattern of them means that somebody tries serials",
  },
  'unknown-principal': {
    exchange: 'claim-connection',
    wrong: 'the certificate that asks for another is neither the claim of a line nor the certificate of a device',
    todo: "find out whose it is: somebody else's devices in this account get no certificates while the own authority signs",
  },
  'unknown-vendor-ca': {
    exchange: 'claim-connection',
    wrong: 'the certificate was issued by a CA that the line does not trust',
    todo: 'look whose device it is; trust the CA only if its maker confirms it',
  },
  'unknown-serial': {
    exchange: 'registration',
    wrong: 'nobody enrolled this serial on this line',
    todo: 'import it, if it is genuine',
  },
  'another-approach': {
    exchange: 'registration',
    wrong: 'the serial was enrolled for another way to prove itself',
    todo: 'correct the enrollment or the device',
  },
  'pending-approval': {
    exchange: 'verdict',
    wrong: "the line wants an operator's approval, which is not there yet",
    todo: 'approve it',
  },
  quarantined: {
    exchange: 'verdict',
    wrong: 'the device is in quarantine',
    todo: 'release it, once it is clean',
  },
  revoked: {
    exchange: 'verdict',
    wrong: 'the device was revoked',
    todo: 'nothing: that is what revoking is for',
  },
  decommissioned: {
    exchange: 'verdict',
    wrong: 'the device was taken out of service',
    todo: 'nothing, if it is being scrapped; else find out who brings it back, and by what claim',
  },
  'changing-hands': {
    exchange: 'verdict',
    wrong: 'the device was given to another tenant, and what it had for the former one is not deleted yet',
    todo: 'repeat the transfer, which finishes it; the device tries again by itself',
  },
  'proof-withdrawn': {
    exchange: 'verdict',
    wrong: 'the device was given to another tenant, and what it proved itself by for the former one counts no more',
    todo: 'say what it must prove now (muster devices release <serial> --new-key --proof …); a pattern of them is somebody who kept a copy',
  },
  'no-open-recovery': {
    exchange: 'connection',
    wrong: 'no way back is open for the device, or this is not its ticket: used already, over, or another',
    todo: 'where the device is genuine, two people make another ticket; a pattern of them is somebody who guesses',
  },
  'unacceptable-key': {
    exchange: 'signing-request',
    wrong: "the certificate's key is none of P-256, P-384 and RSA from 2,048 bits",
    todo: "look at the device's firmware",
  },
  'not-the-pinned-key': {
    exchange: 'signing-request',
    wrong: 'the enrollment pins a key, and this is another',
    todo: 'a clone, or a wrong digest in the import',
  },
  'evidence-refused': {
    exchange: 'registration',
    wrong: 'what the device presented does not prove what its enrollment asks for',
    todo: 'look at the device, then at the enrollment',
  },
  'evidence-too-weak': {
    exchange: 'registration',
    wrong: 'what the device proved is less than its line demands',
    todo: "import it with what its line wants proven, or weaken the line's attestation",
  },
  'code-already-used': {
    exchange: 'registration',
    wrong: 'the enrollment code was used by another key before',
    todo: 'find out who used it; then let the device in again with a new code',
  },
  'refused-key': {
    exchange: 'signing-request',
    wrong: 'an operator ruled this key out',
    todo: 'nothing: the device that holds it is not the one that was kept',
  },
  'bound-to-another-key': {
    exchange: 'signing-request',
    wrong: 'the serial was admitted with another key before',
    todo: 'a clone, a squatter, or a device that lost its key: find out which',
  },
  'too-many-certificates': {
    exchange: 'connection',
    wrong: 'five certificates of the bound key are out and none was seen in use',
    todo: 'the device gets in and never connects: look at its network and its clock',
  },
  'certificate-budget-spent': {
    exchange: 'certificate',
    wrong: 'the device or its claim has had as many certificates as the own authority issues for it in that time',
    todo: 'a device that asks again and again, or a claim that leaked: look who asks; raise the limits only for a batch that is faster',
  },
  'no-such-rotation': {
    exchange: 'connection',
    wrong:
      'the device asked for another credential for a rotation that is not under way: a job replayed, tampered with, or of another device',
    todo: 'a device that comes late finds its next job by itself; many of them: look who publishes in its name',
  },
  'rotation-over': {
    exchange: 'connection',
    wrong: 'it asked after the time that it had',
    todo: 'nothing: it is asked again later',
  },
  'not-the-credential-in-use': {
    exchange: 'connection',
    wrong: 'it asked on a connection that shows another credential than the one to be replaced',
    todo: 'look who else holds a certificate of this device',
  },
  'key-not-new': {
    exchange: 'connection',
    wrong: 'it asked for a certificate for the key that it has, and its line wants another',
    todo: "look at the device's firmware, or set `rotation.sameKey` for devices that cannot make a key",
  },
  'proof-replayed': {
    exchange: 'connection',
    wrong: 'the proof was shown before on another connection, or an older one than the last',
    todo: 'a copied proof, or a device whose counter or clock went back: find out which',
  },
  'proof-outside-its-time': {
    exchange: 'connection',
    wrong: 'the time of the proof is outside the window',
    todo: 'the device may ask for the time; many of them: look at its clock',
  },
  'superseded-key': {
    exchange: 'connection',
    wrong: 'the device has shown a newer version of its key before',
    todo: 'somebody holds its old key, or the device was restored from a backup',
  },
  'unknown-key': {
    exchange: 'connection',
    wrong: 'no key that counts has the version or id that the proof names',
    todo: 'give the device a key that counts, or look at the rotation of the issuer',
  },
  'unknown-issuer': {
    exchange: 'connection',
    wrong: 'the token is of an issuer that its line does not trust',
    todo: 'look who issues tokens for the device; trust the issuer only if it is yours',
  },
  'token-expired': {
    exchange: 'connection',
    wrong: 'the token is over, or will be within 300 seconds',
    todo: 'the device fetches another; many of them: look at its clock and at the life of the tokens',
  },
  'token-not-yet-valid': {
    exchange: 'connection',
    wrong: 'the token counts from later on',
    todo: 'look at the clocks of device and issuer',
  },
  'token-for-another-audience': {
    exchange: 'connection',
    wrong: 'the token or proof was made for somebody else',
    todo: 'look what the device asks its issuer for, and which endpoint it dials; many of them: somebody collects tokens elsewhere',
  },
  'scope-missing': {
    exchange: 'connection',
    wrong: 'the token opens nothing here: none of its scopes is mapped to a boundary',
    todo: 'have the issuer grant the scope, or map it in the configuration',
  },
  'too-many-refusals': {
    exchange: 'connection',
    wrong: 'this device or this authorizer was refused too often within a minute',
    todo: 'look at the refusals before it: somebody floods, or a device is set up wrongly',
  },
  'issuer-unavailable': {
    exchange: 'connection',
    wrong: 'the keys of the issuer could not be fetched, and none that still count are kept',
    todo: 'look at the issuer; devices try again by themselves',
  },
  'authority-unavailable': {
    exchange: 'certificate',
    wrong: 'the own certificate authority did not issue the certificate, or issued another',
    todo: 'look at the authority: its state, its quotas and the fault in the same log group; the device tries again',
  },
  'lost-a-race': {
    exchange: 'verdict',
    wrong: 'others kept writing the same records',
    todo: 'the device tries again by itself; many of them mean two devices with one serial',
  },
  'deadline-exceeded': {
    exchange: 'verdict',
    wrong: 'the decision was not made in time',
    todo: "look at DynamoDB's latency and throttling; the device tries again",
  },
  'internal-error': {
    exchange: 'verdict',
    wrong: 'something is broken; the same log group has the fault',
    todo: 'read it',
  },
};
