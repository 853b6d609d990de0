import type { Decision, PolicyAuthorizer, PolicyRequest, PolicySubject } from '../../../../local/iot/policy/authorizer.ts';

/** Allows everything but what it was told to deny, and remembers what it was asked. */
export class ScriptedAuthorizer implements PolicyAuthorizer {
  readonly asked: { readonly subject: PolicySubject; readonly request: PolicyRequest }[] = [];
  readonly #denied = new Set<string>();

  deny(action: PolicyRequest['action'], name: string): void {
    this.#denied.add(`${action} ${name}`);
  }

  allow(action: PolicyRequest['action'], name: string): void {
    this.#denied.delete(`${action} ${name}`);
  }

  authorize(subject: PolicySubject, request: PolicyRequest): Decision {
    this.asked.push({ subject, request });
    return this.#denied.has(`${request.action} ${request.name}`) ? 'implicitDeny' : 'allowed';
  }
}
