import type { Schema } from '../schema.ts';
import { conditions, kindSchema, labelSelector } from './metadata.ts';
import { atomic, flag, list, mapOf, open, quantity, struct, text, texts, whole } from './terms.ts';

const items = list(struct('KeyToPath', { key: text(), mode: whole(), path: text() }));
const reference = atomic(struct('LocalObjectReference', { name: text() }));

const others = [
  'awsElasticBlockStore',
  'azureDisk',
  'azureFile',
  'cephfs',
  'cinder',
  'csi',
  'ephemeral',
  'fc',
  'flexVolume',
  'flocker',
  'gcePersistentDisk',
  'gitRepo',
  'glusterfs',
  'image',
  'iscsi',
  'nfs',
  'photonPersistentDisk',
  'portworxVolume',
  'quobyte',
  'rbd',
  'scaleIO',
  'storageos',
  'vsphereVolume',
];

/** One entry of a pod's `volumes`; sources of storage that no Spark job here uses are taken unread. */
export const volume: Schema = struct('Volume', {
  name: text(),
  configMap: struct('ConfigMapVolumeSource', { defaultMode: whole(), items, name: text(), optional: flag() }),
  downwardAPI: struct('DownwardAPIVolumeSource', { defaultMode: whole(), items: list(open()) }),
  emptyDir: struct('EmptyDirVolumeSource', { medium: text(), sizeLimit: quantity }),
  hostPath: struct('HostPathVolumeSource', { path: text(), type: text() }),
  persistentVolumeClaim: struct('PersistentVolumeClaimVolumeSource', { claimName: text(), readOnly: flag() }),
  projected: struct('ProjectedVolumeSource', { defaultMode: whole(), sources: list(open()) }),
  secret: struct('SecretVolumeSource', { defaultMode: whole(), items, optional: flag(), secretName: text() }),
  ...Object.fromEntries(others.map((name) => [name, open()])),
});

const claimResources = struct('VolumeResourceRequirements', { limits: mapOf(quantity), requests: mapOf(quantity) });

/** `v1` PersistentVolumeClaim. */
export const persistentVolumeClaimSchema: Schema = kindSchema('PersistentVolumeClaim', {
  spec: struct('PersistentVolumeClaimSpec', {
    accessModes: texts(),
    dataSource: open(),
    dataSourceRef: open(),
    resources: claimResources,
    selector: labelSelector,
    storageClassName: text(),
    volumeAttributesClassName: text(),
    volumeMode: text(),
    volumeName: text(),
  }),
  status: struct('PersistentVolumeClaimStatus', {
    accessModes: texts(),
    allocatedResourceStatuses: open(),
    allocatedResources: mapOf(quantity),
    capacity: mapOf(quantity),
    conditions,
    currentVolumeAttributesClassName: text(),
    modifyVolumeStatus: open(),
    phase: text(),
  }),
});

export { reference as localObjectReference };
