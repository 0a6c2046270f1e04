package dev.driftledger.web;

import io.quarkus.qute.TemplateInstance;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.inject.Instance;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jspecify.annotations.Nullable;

/// The pages of coverage, of the sandbox's life and of the types of problem.
@Path("/")
@Produces(Html.TYPE)
public final class OtherPages {
    private final Observation observation;
    private final Frames frames;
    private final Instance<LifeSource> life;

    OtherPages(Observation observation, Frames frames, Instance<LifeSource> life) {
        this.observation = observation;
        this.frames = frames;
        this.life = life;
    }

    @GET
    @Path("/coverage")
    @Operation(hidden = true)
    public Uni<TemplateInstance> coverage(
            @BeanParam CoverageParameters parameters, @QueryParam("at") @Nullable String at) {
        Instant moment = Moment.past("at", at, Instant.now());
        Frames.About about =
                new Frames.About(
                        "Coverage", "/coverage", "/coverage", Texts.cluster(parameters.cluster));
        return observation
                .of(parameters, moment)
                .flatMap(all ->
                        frames.frame(about, moment, parameters.typed())
                                .map(frame ->
                                        Pages.coverage(
                                                new Pages.Coverage(frame, laidOut(all.views())))));
    }

    private static List<Pages.ClusterCoverage> laidOut(List<CoverageView> views) {
        List<Pages.ClusterCoverage> clusters = new ArrayList<>(views.size());
        views.forEach(view -> clusters.add(CoverageLayout.cluster(clusters.size(), view)));
        return clusters;
    }

    @GET
    @Path("/problems")
    @Operation(hidden = true)
    public TemplateInstance problems() {
        return Pages.problems(
                new Pages.Problems(
                        Frame.alone("Problems", "/problems"),
                        ProblemTypes.of(Published.problems())));
    }

    @GET
    @Path("/sandbox")
    @Operation(hidden = true)
    public Uni<TemplateInstance> sandbox(@QueryParam("at") @Nullable String at) {
        Instant moment = Moment.past("at", at, Instant.now());
        List<LifeSource.Step> steps =
                life.isResolvable() ? until(life.get().steps().reversed(), moment) : List.of();
        return frames.frame(new Frames.About("Sandbox", "/sandbox", "/sandbox", null), moment)
                .map(frame -> Pages.sandbox(new Pages.Sandbox(frame, steps)));
    }

    private static List<LifeSource.Step> until(
            List<LifeSource.Step> steps, @Nullable Instant moment) {
        return steps.stream().filter(step -> moment == null || step.by(moment)).toList();
    }
}
