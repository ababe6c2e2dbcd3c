urlpatterns = []
app_name = "privacy"
