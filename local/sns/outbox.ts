/** A mail that SNS would have sent. None leaves the local AWS. */
export interface Mail {
  readonly to: string;
  readonly subject: string;
  readonly body: string;
  readonly topicArn: string;
  readonly sentAtMs: number;
  /** Only in the one that asks whether the address wants the topic's messages: following the link says yes. */
  readonly confirmation?: { readonly token: string; readonly url: string };
}

const maxMails = 1000;

/** The last mails, the newest last. */
export class Outbox {
  #mails: readonly Mail[] = [];

  add(mail: Mail): void {
    this.#mails = [...this.#mails.slice(1 - maxMails), mail];
  }

  list(to?: string): readonly Mail[] {
    return to === undefined ? this.#mails : this.#mails.filter((mail) => mail.to === to);
  }

  clear(): void {
    this.#mails = [];
  }
}
