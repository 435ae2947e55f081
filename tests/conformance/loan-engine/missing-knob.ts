/** Something that a case needs turns out to be missing only while it is run: the case is not selected. */
export class MissingKnob extends Error {
  readonly knob: string;

  constructor(knob: string) {
    super(`${knob} is missing`);
    this.knob = knob;
  }
}
