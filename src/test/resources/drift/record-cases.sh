#!/usr/bin/env bash
# Takes the live sides of the golden cases from a real API server: applies each manifest, does what
# the case is about, and keeps what the server answers.
#
# usage: KUBECTL="kubectl --kubeconfig FILE" ./record-cases.sh [CASE...]
#
# The cluster is for nothing else: an etcd, a kube-apiserver without the ServiceAccount admission
# plugin and a kube-controller-manager. Namespace `a` is made and used. Then write the verdicts with
# -Ddriftledger.golden=write and read the difference.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)/ComparatorTest
k() { ${KUBECTL:-kubectl} -n a "$@" >/dev/null; }
wanted="$*"

# The manifest of a case comes on stdin and is applied server-side as `ci`.
begin() { # case what-it-is [how: ssa, csa or none]
    folder=$here/$1
    if [ -n "$wanted" ] && [[ " $wanted " != *" $1 "* ]]; then
        folder=
        cat >/dev/null
        return 0
    fi
    mkdir -p "$folder"
    cat >"$folder/in-desired.yaml"
    echo "$2" >"$folder/case.md"
    case ${3:-ssa} in
        ssa) k apply --server-side --field-manager=ci -f "$folder/in-desired.yaml" ;;
        csa) k apply -f "$folder/in-desired.yaml" ;;
    esac
}
act() { [ -z "$folder" ] || k "$@"; }
as() { # manager json-patch object
    [ -z "$folder" ] || k patch "$3" --type=json -p "$2" --field-manager="$1"
}
context() { [ -z "$folder" ] || cat >"$folder/in-context.yaml"; }
again() { [ -z "$folder" ] || cat >"$folder/in-again.yaml"; }
settle() { [ -z "$folder" ] || sleep "$1"; }
end() { # object
    [ -n "$folder" ] || return 0
    ${KUBECTL:-kubectl} -n a get "$1" -o yaml --show-managed-fields >"$folder/in-live.yaml"
    k delete "$1" --wait=true
}
deployment() { # extra container fields
    cat <<EOF
apiVersion: apps/v1
kind: Deployment
metadata: {name: a, namespace: a}
spec:
  selector: {matchLabels: {app: a}}
  template:
    metadata: {labels: {app: a}}
    spec: {containers: [{name: c, image: 'nginx:1'$1}]}
EOF
}

${KUBECTL:-kubectl} create namespace a 2>/dev/null || true
k apply -f "$(dirname "$here")/record-policies.yaml"

begin 04-quantities "Case 4 (argo-cd #1615 #17682 #21135): amounts written differently." <<EOF
$(deployment ", resources: {requests: {cpu: '1000m', memory: 1000M}, limits: {cpu: 1.5, memory: 3072Mi}}")
EOF
end deployment/a

begin 05-number-against-string "Case 5 (argo-cd #8833): a number in git where the API keeps text; an explicit zero left out." <<EOF
$(deployment ", resources: {limits: {cpu: 1}}, livenessProbe: {initialDelaySeconds: 0, tcpSocket: {port: 80}}")
EOF
end deployment/a

begin 09-empty-against-absent "Case 9 (argo-cd #18213 #13004 #16355): empty maps, lists and texts say nothing." <<EOF
apiVersion: apps/v1
kind: Deployment
metadata: {name: a, namespace: a, annotations: {}}
spec:
  selector: {matchLabels: {app: a}}
  template:
    metadata: {labels: {app: a}, annotations: {}}
    spec: {hostNetwork: false, tolerations: [], containers: [{name: c, image: 'nginx:1', env: [{name: A, value: ''}], resources: {limits: {}}, command: []}]}
EOF
end deployment/a

begin 10-webhook-defaults "Case 10 (appmod-blueprints #726): defaults of webhooks, version v1." <<EOF
apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingWebhookConfiguration
metadata: {name: a}
webhooks:
- name: a.example.com
  admissionReviewVersions: [v1]
  sideEffects: None
  clientConfig: {service: {name: a, namespace: a}}
  rules: [{apiGroups: [x.example.com], apiVersions: [v1], operations: [CREATE], resources: [things]}]
EOF
end validatingwebhookconfiguration/a

begin 11b-ca-bundle-by-hand "Case 11: the same by a human is drift." <<EOF
apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingWebhookConfiguration
metadata: {name: a}
webhooks:
- name: a.example.com
  admissionReviewVersions: [v1]
  sideEffects: None
  clientConfig: {service: {name: a, namespace: a}}
  rules: [{apiGroups: [x.example.com], apiVersions: [v1], operations: [CREATE], resources: [things]}]
EOF
as kubectl-edit '[{"op":"add","path":"/webhooks/0/clientConfig/caBundle","value":"LS0tLS1CRUdJTiBDRVJUSUZJQ0FURS0tLS0tCk1JSUJkekNDQVIyZ0F3SUJBZ0lCQURBS0JnZ3Foa2pPUFFRREFqQWpNU0V3SHdZRFZRUUREQmhyTTNNdGMyVnkKLS0tLS1FTkQgQ0VSVElGSUNBVEUtLS0tLQo="}]' validatingwebhookconfiguration/a || true
end validatingwebhookconfiguration/a

begin 13-aggregated-role "Case 13 (argo-cd #2382 #3602): the rules of an aggregated role are filled in by the controller." <<EOF
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: {name: aggregated-a}
aggregationRule: {clusterRoleSelectors: [{matchLabels: {rbac.authorization.k8s.io/aggregate-to-view: 'true'}}]}
rules: []
EOF
settle 2
end clusterrole/aggregated-a

begin 16-volume-claim-templates "Case 16 (argo-cd #11143): claim templates come back with type, mode and status." <<EOF
apiVersion: apps/v1
kind: StatefulSet
metadata: {name: a, namespace: a}
spec:
  serviceName: a
  selector: {matchLabels: {app: a}}
  template: {metadata: {labels: {app: a}}, spec: {containers: [{name: c, image: 'nginx:1'}]}}
  volumeClaimTemplates: [{metadata: {name: data}, spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 30Gi}}}}]
EOF
end statefulset/a

begin 18-allocated-addresses "Case 18 (argo-cd #18764): cluster IP and node port are allocated, not drift." <<EOF
apiVersion: v1
kind: Service
metadata: {name: a, namespace: a}
spec: {type: NodePort, selector: {app: a}, ports: [{name: http, port: 80}]}
EOF
end service/a

begin 18b-node-port-that-git-names "Case 18: a node port that git names is git's." <<EOF
apiVersion: v1
kind: Service
metadata: {name: a, namespace: a}
spec: {type: NodePort, selector: {app: a}, ports: [{name: http, port: 80, nodePort: 30080}]}
EOF
as kubectl-edit '[{"op":"replace","path":"/spec/ports/0/nodePort","value":31307}]' service/a
end service/a

begin 19-port-changed "Case 19 (argo-cd #4864): a port is its own key, yet a changed port is one change, not one port gone and another come." <<EOF
apiVersion: v1
kind: Service
metadata: {name: a, namespace: a}
spec: {selector: {app: a}, ports: [{name: http, port: 80}]}
EOF
as kubectl-edit '[{"op":"replace","path":"/spec/ports/0/port","value":83}]' service/a
end service/a

begin 19b-unnamed-port-changed "Case 19: also where no name says that it is the same port." <<EOF
$(deployment ", ports: [{containerPort: 8080}]")
EOF
as kubectl-edit '[{"op":"replace","path":"/spec/template/spec/containers/0/ports/0/containerPort","value":8081}]' deployment/a
end deployment/a

begin 19c-port-added-and-changed "Case 19: two ports of which one changed, and a third one that is new." <<EOF
apiVersion: v1
kind: Service
metadata: {name: a, namespace: a}
spec: {selector: {app: a}, ports: [{name: http, port: 80}, {name: admin, port: 9000}]}
EOF
as kubectl-edit '[{"op":"replace","path":"/spec/ports/0/port","value":83},{"op":"add","path":"/spec/ports/-","value":{"name":"debug","port":15020}}]' service/a
end service/a

begin 20-tcp-and-udp "Case 20: one number, two protocols." <<EOF
apiVersion: v1
kind: Service
metadata: {name: a, namespace: a}
spec: {selector: {app: a}, ports: [{name: dns, port: 53, protocol: UDP}, {name: dns-tcp, port: 53, protocol: TCP}]}
EOF
end service/a

begin 23-admission-added-fields "Case 23 (argo-cd #17572): what admission added is owned by nobody; it is shown and does not count." <<EOF
apiVersion: apps/v1
kind: Deployment
metadata: {name: admitted, namespace: a}
spec:
  selector: {matchLabels: {app: a}}
  template: {metadata: {labels: {app: a}}, spec: {containers: [{name: c, image: 'nginx:1'}]}}
EOF
end deployment/admitted

begin 23b-admission-changed-image "Case 23 (devantler-tech/platform #1846): admission changed a field that git names on its way in; the applier owns it, and what it asked for before says that it never asked for that." <<EOF
apiVersion: apps/v1
kind: Deployment
metadata: {name: mirrored, namespace: a}
spec:
  selector: {matchLabels: {app: a}}
  template: {metadata: {labels: {app: a}}, spec: {containers: [{name: c, image: 'nginx:1'}]}}
EOF
context <<EOF
former:
- apiVersion: apps/v1
  kind: Deployment
  metadata: {name: mirrored, namespace: a}
  spec:
    selector: {matchLabels: {app: a}}
    template: {metadata: {labels: {app: a}}, spec: {containers: [{name: c, image: 'nginx:1'}]}}
EOF
end deployment/mirrored

begin 23c-admission-changed-image-client-side "Case 23: the same after client-side apply, whose annotation says what was asked for." csa <<EOF
apiVersion: apps/v1
kind: Deployment
metadata: {name: mirrored, namespace: a}
spec:
  selector: {matchLabels: {app: a}}
  template: {metadata: {labels: {app: a}}, spec: {containers: [{name: c, image: 'nginx:1'}]}}
EOF
context <<EOF
applier: kubectl-client-side-apply
EOF
end deployment/mirrored

begin 23d-changed-under-the-appliers-name "Case 23, guard: who writes another value under the applier's name leaves no trace of admission's sort where nothing says what was applied before; it is changed." <<EOF
$(deployment "")
EOF
[ -z "$folder" ] || sed 's/nginx:1/evil:1/' "$folder/in-desired.yaml" | ${KUBECTL:-kubectl} apply --server-side --field-manager=ci -f - >/dev/null
end deployment/a

begin 24-random-value "Case 24 (argo-cd #1031, harbor-helm #2263): two renderings of one revision differ, so git has no say there; elsewhere it has." <<EOF
apiVersion: v1
kind: ConfigMap
metadata: {name: a, namespace: a, labels: {tier: back}}
data: {password: Xk3Tq9, user: admin}
EOF
again <<EOF
apiVersion: v1
kind: ConfigMap
metadata: {name: a, namespace: a, labels: {tier: back}}
data: {password: pQ81zz, user: admin}
EOF
as helm '[{"op":"replace","path":"/data/password","value":"aaaaaa"}]' configmap/a
end configmap/a

begin 24b-random-value-and-a-real-change "Case 24: what is random hides nothing beside it." <<EOF
apiVersion: v1
kind: ConfigMap
metadata: {name: a, namespace: a}
data: {password: Xk3Tq9, user: admin}
EOF
again <<EOF
apiVersion: v1
kind: ConfigMap
metadata: {name: a, namespace: a}
data: {password: pQ81zz, user: admin}
EOF
as kubectl-edit '[{"op":"replace","path":"/data/password","value":"aaaaaa"},{"op":"replace","path":"/data/user","value":"root"}]' configmap/a
end configmap/a

begin 25-status-in-git "Case 25: status never counts." none <<EOF
apiVersion: apps/v1
kind: Deployment
metadata: {name: a, namespace: a}
spec:
  selector: {matchLabels: {app: a}}
  template: {metadata: {labels: {app: a}}, spec: {containers: [{name: c, image: 'nginx:1'}]}}
status: {replicas: 9}
EOF
[ -z "$folder" ] || k create --field-manager=ci -f "$folder/in-desired.yaml"
end deployment/a

begin 26-empty-api-group "Case 26: an empty apiGroup is defaulted; Argo CD calls it OutOfSync for ever." <<EOF
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: {name: a, namespace: a}
roleRef: {apiGroup: '', kind: Role, name: a}
subjects: [{kind: ServiceAccount, name: a, namespace: a}]
EOF
end rolebinding/a

begin 27-variable-added "Case 27 (argo-cd #1613 #4537): a human added a variable; Argo CD says Synced." <<EOF
$(deployment "")
EOF
act set env deployment/a FROM_SET_ENV=1
end deployment/a

begin 28-port-added "Case 28 (argo-cd #16771 #18038): an extra port." <<EOF
apiVersion: v1
kind: Service
metadata: {name: a, namespace: a}
spec: {selector: {app: a}, ports: [{name: http, port: 80}]}
EOF
as kubectl-edit '[{"op":"add","path":"/spec/ports/-","value":{"name":"status","port":15020}}]' service/a
end service/a

begin 29-suspended "Case 29 (argo-cd #23368): git is silent, so the default is meant." <<EOF
apiVersion: batch/v1
kind: CronJob
metadata: {name: a, namespace: a}
spec: {schedule: '0 3 * * *', jobTemplate: {spec: {template: {spec: {restartPolicy: Never, containers: [{name: c, image: 'busybox:1'}]}}}}}
EOF
act patch cronjob a -p '{"spec":{"suspend":true}}'
end cronjob/a

begin 30-label-volume-and-mount-added "Case 30 (argo-cd #4661): three overlays by one human." <<EOF
apiVersion: apps/v1
kind: DaemonSet
metadata: {name: a, namespace: a}
spec:
  selector: {matchLabels: {app: a}}
  template: {metadata: {labels: {app: a}}, spec: {containers: [{name: c, image: 'nginx:1'}]}}
EOF
as kubectl-edit '[{"op":"add","path":"/metadata/labels","value":{"hand":"made"}},{"op":"add","path":"/spec/template/spec/volumes","value":[{"name":"v","emptyDir":{}}]},{"op":"add","path":"/spec/template/spec/containers/0/volumeMounts","value":[{"name":"v","mountPath":"/v"}]}]' daemonset/a
end daemonset/a

begin 31-rollout-restart "Case 31 (flux2 #2526): a restart leaves an annotation; low." <<EOF
$(deployment "")
EOF
act rollout restart deployment/a
end deployment/a

begin 14b-key-taken-out-of-string-data "Case 14: git took a key out of stringData; client-side apply leaves it in data, so it was left behind." csa <<EOF
apiVersion: v1
kind: Secret
metadata: {name: a, namespace: a}
stringData: {k: v, old: x}
EOF
[ -z "$folder" ] || sed -i 's/, old: x//' "$folder/in-desired.yaml"
act apply -f "${folder:-}/in-desired.yaml"
context <<EOF
applier: kubectl-client-side-apply
former:
- {apiVersion: v1, kind: Secret, metadata: {name: a, namespace: a}, stringData: {k: v, old: x}}
EOF
end secret/a

begin 14c-key-taken-out-server-side "Case 14: the same with server-side apply, which owns stringData: the key that stays in data is nobody's." <<EOF
apiVersion: v1
kind: Secret
metadata: {name: a, namespace: a}
stringData: {k: v, old: x}
EOF
[ -z "$folder" ] || sed -i 's/, old: x//' "$folder/in-desired.yaml"
act apply --server-side --field-manager=ci -f "${folder:-}/in-desired.yaml"
context <<EOF
former:
- {apiVersion: v1, kind: Secret, metadata: {name: a, namespace: a}, stringData: {k: v, old: x}}
EOF
end secret/a

begin 33-key-left-by-applier "Case 33: the applier still owns a key that git no longer has." <<EOF
apiVersion: v1
kind: ConfigMap
metadata: {name: a, namespace: a}
data: {k1: a, k2: b, k3: c}
EOF
[ -z "$folder" ] || sed -i 's/, k3: c//' "$folder/in-desired.yaml"
end configmap/a

begin 41b-removed-version "Git still says policy/v1beta1, which the cluster serves no more: only what both versions can say is compared, and that is said." none <<EOF
apiVersion: policy/v1beta1
kind: PodDisruptionBudget
metadata: {name: a, namespace: a}
spec: {minAvailable: 1, selector: {matchLabels: {app: a}}}
EOF
[ -z "$folder" ] || sed 's/v1beta1/v1/' "$folder/in-desired.yaml" | ${KUBECTL:-kubectl} apply --server-side --field-manager=ci -f - >/dev/null
as kubectl-edit '[{"op":"replace","path":"/spec/minAvailable","value":2},{"op":"add","path":"/spec/unhealthyPodEvictionPolicy","value":"AlwaysAllow"}]' poddisruptionbudget/a
end poddisruptionbudget/a

begin 43-erased-ownership "Section 1.3: with all entries gone nobody can be told; what is not default counts as unknown." <<EOF
$(deployment "")
EOF
act set env deployment/a DEBUG=1
as kubectl-edit '[{"op":"replace","path":"/metadata/managedFields","value":[{}]}]' deployment/a
end deployment/a

begin 45-field-removed "What git names and the cluster lacks counts." <<EOF
$(deployment ", env: [{name: MODE, value: safe}]")
EOF
act set env deployment/a MODE-
end deployment/a

begin 46-host-network "Privileges weigh most." <<EOF
$(deployment "")
EOF
as kubectl-edit '[{"op":"add","path":"/spec/template/spec/hostNetwork","value":true}]' deployment/a
end deployment/a

begin 60-empty-value-in-a-map "An entry of a map is there whatever its value: a label and a node selector often are a key with an empty text." <<EOF
apiVersion: apps/v1
kind: Deployment
metadata: {name: a, namespace: a}
spec:
  selector: {matchLabels: {app: a}}
  template:
    metadata: {labels: {app: a}}
    spec: {nodeSelector: {worker: ''}, containers: [{name: c, image: 'nginx:1'}]}
EOF
as kubectl-edit '[{"op":"add","path":"/metadata/labels","value":{"hand":""}},{"op":"remove","path":"/spec/template/spec/nodeSelector/worker"}]' deployment/a
end deployment/a

begin 61-zero-that-matters "Zero is not absence everywhere: no grace at all where absence means for ever, no service links where absence means some." <<EOF
apiVersion: apps/v1
kind: Deployment
metadata: {name: a, namespace: a}
spec:
  selector: {matchLabels: {app: a}}
  template:
    metadata: {labels: {app: a}}
    spec: {tolerations: [{key: x, operator: Exists, effect: NoExecute}], containers: [{name: c, image: 'nginx:1'}]}
EOF
as kubectl-edit '[{"op":"add","path":"/spec/template/spec/tolerations/0/tolerationSeconds","value":0},{"op":"add","path":"/spec/template/spec/enableServiceLinks","value":false}]' deployment/a
end deployment/a

begin 62-scaled-while-nobody-owned-replicas "A scale of replicas that nobody owned, because git leaves them to the default, is noted nowhere: it counts, and who did it is unknown." <<EOF
$(deployment "")
EOF
act scale deployment/a --replicas=3
end deployment/a

begin 63-labels-of-a-template "The API server labels a Job without labels as its template, in the name of whoever creates it; a further label is somebody's." none <<EOF
apiVersion: batch/v1
kind: Job
metadata: {name: a, namespace: a}
spec:
  manualSelector: true
  suspend: true
  selector: {matchLabels: {job: own}}
  template:
    metadata: {labels: {job: own}}
    spec: {restartPolicy: Never, containers: [{name: c, image: 'nginx:1'}]}
EOF
[ -z "$folder" ] || k create -f "$folder/in-desired.yaml"
as kubectl-edit '[{"op":"add","path":"/metadata/labels/hand","value":"made"}]' job/a
end job/a

begin 64-null-in-a-secret "A key of null is taken away by client-side apply, and is empty after a create: both are what git says." csa <<EOF
apiVersion: v1
kind: Secret
metadata: {name: a, namespace: a}
stringData: {a: b}
data: {gone: null}
EOF
end secret/a

begin 47-volume-bound "Case 43 of the side effects (velero #2810): the controller bound a claim; what it wrote down is a side effect." none <<EOF
apiVersion: v1
kind: PersistentVolumeClaim
metadata: {name: a, namespace: a}
spec: {accessModes: [ReadWriteOnce], storageClassName: '', resources: {requests: {storage: 1Gi}}}
EOF
if [ -n "$folder" ]; then
    cat <<EOF | ${KUBECTL:-kubectl} apply --server-side --field-manager=ci -f - >/dev/null
apiVersion: v1
kind: PersistentVolume
metadata: {name: volume-a}
spec: {capacity: {storage: 1Gi}, accessModes: [ReadWriteOnce], hostPath: {path: /var/lib/volume-a}, persistentVolumeReclaimPolicy: Retain}
EOF
    k apply --server-side --field-manager=ci -f "$folder/in-desired.yaml"
fi
settle 4
end persistentvolumeclaim/a
[ -z "$folder" ] || k delete pv volume-a

begin 01-autoscaled-replicas-in-range "Case 1 (argo-cd #1079 #2748): an autoscaler moved the replicas within its range; git names 2." <<EOF
apiVersion: apps/v1
kind: Deployment
metadata: {name: a, namespace: a}
spec:
  replicas: 2
  selector: {matchLabels: {app: a}}
  template: {metadata: {labels: {app: a}}, spec: {containers: [{name: c, image: 'nginx:1'}]}}
EOF
if [ -n "$folder" ]; then
    cat <<EOF | ${KUBECTL:-kubectl} apply --server-side --field-manager=ci -f - >/dev/null
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: {name: a, namespace: a}
spec: {scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: a}, minReplicas: 3, maxReplicas: 10, metrics: [{type: Resource, resource: {name: cpu, target: {type: Utilization, averageUtilization: 80}}}]}
EOF
    context <<EOF
related:
- apiVersion: autoscaling/v2
  kind: HorizontalPodAutoscaler
  metadata: {name: a, namespace: a}
  spec: {scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: a}, minReplicas: 3, maxReplicas: 10}
EOF
    for _ in $(seq 40); do
        [ "$(${KUBECTL:-kubectl} -n a get deployment a -o 'jsonpath={.spec.replicas}')" = 3 ] && break
        sleep 1
    done
fi
end deployment/a
[ -z "$folder" ] || k delete hpa a

begin 03-human-scaled-inside-range "Case 3 (argo-cd #3002): inside the range, but a human did it; reported, low." <<EOF
apiVersion: apps/v1
kind: Deployment
metadata: {name: a, namespace: a}
spec:
  replicas: 2
  selector: {matchLabels: {app: a}}
  template: {metadata: {labels: {app: a}}, spec: {containers: [{name: c, image: 'nginx:1'}]}}
EOF
context <<EOF
related:
- apiVersion: autoscaling/v2
  kind: HorizontalPodAutoscaler
  metadata: {name: a, namespace: a}
  spec: {scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: a}, minReplicas: 2, maxReplicas: 10}
EOF
act scale deployment/a --replicas=7
end deployment/a
