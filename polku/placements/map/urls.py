from django.urls import path

from polku.placements.map import views

urlpatterns = [
    path("map/boundaries.json", views.borders, name="map_boundaries"),
    path("design/map/", views.living, name="map_living"),
    path("design/map/points.json", views.living_points, name="map_living_points"),
]
