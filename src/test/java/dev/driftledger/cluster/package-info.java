/// Tests of the watching of clusters: pure parts, scripted servers, and a real kube-apiserver.
@NullMarked
package dev.driftledger.cluster;

import org.jspecify.annotations.NullMarked;
