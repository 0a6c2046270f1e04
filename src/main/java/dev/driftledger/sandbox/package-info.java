/// The embedded parts of the sandbox: a real PostgreSQL, a KRaft broker, a real kube-apiserver with
/// etcd, the sample shop in a git repository and the scripted life on it. In comes a data folder,
/// out come addresses and credentials for the service. Everything listens on 127.0.0.1 only, keeps
/// its data in that folder and recovers from a killed run. It never imports the service's pipeline
/// and never decides what drift is: the expected findings are for the service to find.
@NullMarked
package dev.driftledger.sandbox;

import org.jspecify.annotations.NullMarked;
