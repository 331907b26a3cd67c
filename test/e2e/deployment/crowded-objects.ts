import type { Connection } from '../../../lib/deployment/kubernetes/client/connection';
import { type LiveObject, type ObjectKey, Objects } from '../../../lib/deployment/kubernetes/client/objects';
import type { Kubectl } from '../harness/kubectl';

/** Objects that another client writes to after every read. */
export class CrowdedObjects extends Objects {
  private writes = 0;

  constructor(
    connection: Connection,
    private readonly kubectl: Kubectl,
  ) {
    super(connection);
  }

  override async read(key: ObjectKey): Promise<LiveObject | undefined> {
    const live = await super.read(key);
    if (live) {
      const { name, namespace } = key.metadata;
      const place = namespace === undefined ? [] : [`--namespace=${namespace}`];
      await this.kubectl.run(['annotate', key.kind.toLowerCase(), name, ...place, '--overwrite', `example.org/write=${this.writes++}`]);
    }
    return live;
  }
}
