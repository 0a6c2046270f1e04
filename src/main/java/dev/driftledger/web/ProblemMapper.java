package dev.driftledger.web;

import io.quarkiverse.resteasy.problem.HttpProblem;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.net.URI;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/// Turns every failure of a request into a problem of RFC 9457; as a page for browsers, as JSON for
/// everybody else.
@Singleton
final class ProblemMapper {
    private static final Logger LOG = Logger.getLogger(ProblemMapper.class);

    /// The library of problems registers its own mappers at `AUTHENTICATION - 1`.
    private static final int BEFORE_OTHERS = Priorities.AUTHENTICATION - 100;

    private final WebConfig config;
    private final Frames frames;

    ProblemMapper(WebConfig config, Frames frames) {
        this.config = config;
        this.frames = frames;
    }

    @ServerExceptionMapper(priority = BEFORE_OTHERS)
    Uni<Response> refuse(Refusal refusal, HttpHeaders headers, UriInfo uri) {
        return answer(refusal, headers, uri);
    }

    @ServerExceptionMapper(priority = BEFORE_OTHERS)
    Uni<Response> refuse(NotFoundException failure, HttpHeaders headers, UriInfo uri) {
        return answer(Refusal.noSuchAddress(), headers, uri);
    }

    @ServerExceptionMapper(priority = BEFORE_OTHERS)
    Uni<Response> refuse(WebApplicationException failure, HttpHeaders headers, UriInfo uri) {
        Response.StatusType status = failure.getResponse().getStatusInfo();
        if (status.getStatusCode() < 400) {
            return Uni.createFrom().item(failure.getResponse());
        }
        return answer(
                Refusal.ofStatus(status.getStatusCode(), status.getReasonPhrase()), headers, uri);
    }

    @ServerExceptionMapper(priority = BEFORE_OTHERS)
    Uni<Response> refuse(Exception failure, HttpHeaders headers, UriInfo uri) {
        LOG.errorf(failure, "request failed: path=%s", uri.getPath());
        return answer(Refusal.unavailable(), headers, uri);
    }

    private Uni<Response> answer(Refusal refusal, HttpHeaders headers, UriInfo uri) {
        String path = uri.getPath();
        boolean page =
                !path.startsWith("/api/")
                        && headers.getAcceptableMediaTypes().stream()
                                .anyMatch(MediaType.TEXT_HTML_TYPE::equals);
        if (!page) {
            return Uni.createFrom().item(json(refusal, uri));
        }
        Uni<Frame> frame =
                refusal.status() == Refusal.UNAVAILABLE
                        ? Uni.createFrom().item(Frame.alone(refusal.title(), path))
                        : frames.refused(refusal.title(), uri);
        return frame.map(around -> page(refusal, around));
    }

    private Response json(Refusal refusal, UriInfo uri) {
        return HttpProblem.builder()
                .withType(URI.create(config.problemTypes() + "#" + refusal.slug()))
                .withTitle(refusal.title())
                .withStatus(refusal.status())
                .withDetail(refusal.detail())
                .withInstance(URI.create(uri.getRequestUri().getRawPath()))
                .withHeader(HttpHeaders.CACHE_CONTROL, "no-store")
                .build()
                .toResponse();
    }

    private static Response page(Refusal refusal, Frame frame) {
        TemplateInstance page =
                Pages.problem(
                        new Pages.Problem(
                                frame, refusal.status(), refusal.title(), refusal.pageDetail()));
        return Response.status(refusal.status())
                .type("text/html;charset=UTF-8")
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .entity(page.render())
                .build();
    }
}
