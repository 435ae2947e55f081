import type { SignatureEvidence } from './signature-evidence';

export interface SignatureRequest {
  /** SHA-256 of the document, hex. The document itself stays in the house. */
  readonly documentHash: string;
  /** Who signs, as a reference of ours: no name and no number leaves the house for this. */
  readonly signerReference: string;
  /** The same id again is the same signature. */
  readonly requestId: string;
}

export type SignatureOutcome =
  | { readonly outcome: 'signed'; readonly evidence: SignatureEvidence }
  /** A signed, definite no. */
  | { readonly outcome: 'refused'; readonly reason: string }
  /** No usable answer: ask again under the same request id. */
  | { readonly outcome: 'unknown'; readonly reason: string };

/** An authority for electronic signatures. */
export interface ESignAuthority {
  readonly name: string;
  sign(request: SignatureRequest): Promise<SignatureOutcome>;
  /** Whether the evidence proves that this signer signed this document. Asks nobody. */
  verify(evidence: SignatureEvidence, documentHash: string, signerReference: string): boolean;
}
